#include "model/call_sign.h"

#include <stddef.h>

#include "db/db.h"
#include "db/query/review.h"
#include "ground/arena.h"
#include "ground/token.h"

/* Proper names of stars as the International Astronomical Union approved them;
 * none that is a common first name, a person's, or a word of its own. */
static const char *const stars[] = { "Acamar", "Achernar", "Achird", "Acrab", "Acrux", "Acubens",
	"Adhara", "Adhil", "Ain", "Albali", "Albireo", "Alchiba", "Alcor", "Alcyone", "Aldebaran",
	"Alderamin", "Aldhanab", "Aldhibah", "Aldulfin", "Alfirk", "Algenib", "Algieba", "Algol",
	"Algorab", "Alhena", "Alioth", "Aljanah", "Alkaid", "Alkalurops", "Alkarab", "Alkes",
	"Almaaz", "Almach", "Alnair", "Alnasl", "Alnilam", "Alnitak", "Alniyat", "Alphard",
	"Alphecca", "Alpheratz", "Alrakis", "Alrescha", "Alruba", "Alsafi", "Alsciaukat",
	"Alsephina", "Alshain", "Alshat", "Altair", "Altais", "Alterf", "Aludra", "Alya", "Alzirr",
	"Ancha", "Ankaa", "Antares", "Arcturus", "Arkab", "Arneb", "Ascella", "Aspidiske",
	"Asterope", "Atik", "Atlas", "Atria", "Avior", "Azelfafage", "Azha", "Azmidi", "Beid",
	"Bellatrix", "Betelgeuse", "Bharani", "Botein", "Brachium", "Canopus", "Capella", "Caph",
	"Castor", "Castula", "Cebalrai", "Celaeno", "Chalawan", "Chamukuy", "Chara", "Chechia",
	"Citala", "Cujam", "Cursa", "Dabih", "Dalim", "Deneb", "Denebola", "Diadem", "Diphda",
	"Dschubba", "Dubhe", "Dziban", "Edasich", "Electra", "Elgafar", "Elkurud", "Elnath",
	"Eltanin", "Enif", "Errai", "Fafnir", "Fawaris", "Fomalhaut", "Fulu", "Furud", "Fuyue",
	"Gacrux", "Giausar", "Gienah", "Ginan", "Gomeisa", "Grumium", "Hadar", "Haedus", "Hamal",
	"Hassaleh", "Hatysa", "Helvetios", "Heze", "Homam", "Iklil", "Intercrus", "Izar", "Jabbah",
	"Jishui", "Kaffaljidhma", "Keid", "Khambalia", "Kitalpha", "Kochab", "Kornephoros", "Kraz",
	"Kurhah", "Larawag", "Lesath", "Lilii", "Maasym", "Mahasim", "Maia", "Marfik", "Markab",
	"Markeb", "Marsic", "Matar", "Mebsuta", "Megrez", "Meissa", "Mekbuda", "Meleph",
	"Menkalinan", "Menkar", "Menkent", "Menkib", "Merak", "Merga", "Meridiana", "Merope",
	"Mesarthim", "Miaplacidus", "Mimosa", "Minchir", "Minelauva", "Mintaka", "Mirach", "Miram",
	"Mirfak", "Mirzam", "Misam", "Mizar", "Mothallah", "Muliphein", "Muphrid", "Muscida",
	"Naos", "Nashira", "Nekkar", "Nembus", "Nihal", "Nunki", "Nusakan", "Ogma", "Phact",
	"Phecda", "Pherkad", "Pipirima", "Pleione", "Polaris", "Pollux", "Porrima", "Praecipua",
	"Procyon", "Propus", "Rasalas", "Rasalgethi", "Rasalhague", "Rastaban", "Regulus", "Revati",
	"Rigel", "Rotanev", "Ruchbah", "Rukbat", "Sabik", "Saclateni", "Sadachbia", "Sadalbari",
	"Sadalmelik", "Sadalsuud", "Sadr", "Saiph", "Salm", "Sargas", "Sarin", "Sceptrum", "Scheat",
	"Schedar", "Segin", "Seginus", "Shaula", "Sheliak", "Sheratan", "Sirius", "Situla", "Skat",
	"Spica", "Sualocin", "Subra", "Suhail", "Sulafat", "Syrma", "Tabit", "Taiyangshou", "Taiyi",
	"Talitha", "Tarazed", "Tarf", "Taygeta", "Tegmine", "Tejat", "Terebellum", "Thabit",
	"Theemin", "Thuban", "Tiaki", "Tianguan", "Tianyi", "Titawin", "Toliman", "Tonatiuh",
	"Torcular", "Tureis", "Ukdah", "Unukalhai", "Unurgunite", "Vega", "Vindemiatrix", "Wasat",
	"Wazn", "Wezen", "Wurren", "Xamidimura", "Xuange", "Yildun", "Zaniah", "Zaurak", "Zavijava",
	"Zibal", "Zosma", "Zubenelgenubi", "Zubeneschamali", "Zubenelhakrabi" };

enum {
	STARS = sizeof(stars) / sizeof(stars[0]),
	/* Two digits while there is room; a crowded cohort gets longer ones. */
	TRIES = 48,
	TRIES_SHORT = 32
};

static const char *
draw(struct arena *arena, int try)
{
	const char *star = stars[token_number(STARS)];
	uint32_t number = try < TRIES_SHORT ? 10 + token_number(90) : 100 + token_number(9900);

	return arena_format(arena, "%s %u", star, (unsigned)number);
}

bool
call_sign_give(struct db *db, struct arena *arena, int64_t application_id)
{
	struct call_sign_of_row application;
	struct call_sign_taken_row taken;

	if (!call_sign_of(db, arena, &(struct call_sign_of_in){ .application_id = application_id },
		&application)) {
		return false;
	}
	if (application.call_sign != NULL) {
		return true;
	}
	for (int try = 0; try < TRIES; try++) {
		const char *call_sign = draw(arena, try);

		if (!call_sign_taken(db, arena,
			&(struct call_sign_taken_in){
			    .cohort_id = application.cohort_id, .call_sign = call_sign },
			&taken)) {
			return call_sign_set(db,
				   &(struct call_sign_set_in){ .application_id = application_id,
				       .call_sign = call_sign }) == 1;
		}
	}
	return false;
}
