/*
 * The one C++ file: ctemplate behind a C header, no exception out.
 *
 * ctemplate asks a dictionary for each marker it meets.  Instead of filling
 * its own dictionaries (a map, a copy and a hash a value) this answers from
 * the caller's struct, through the tables of the build tool.
 */
extern "C" {
#include "ground/bytes.h"
#include "ground/log.h"
}
#include "web/page.h"

#include <cstdio>
#include <cstring>
#include <exception>
#include <memory>
#include <string>

#include <unistd.h>

#include <ctemplate/per_expand_data.h>
#include <ctemplate/template.h>
#include <ctemplate/template_cache.h>
#include <ctemplate/template_dictionary_interface.h>
#include <ctemplate/template_emitter.h>

namespace {

using ctemplate::TemplateDictionaryInterface;
using ctemplate::TemplateString;

/* A line that holds nothing but a section or include marker goes whole. */
const ctemplate::Strip strip = ctemplate::STRIP_BLANK_LINES;

const char pragma[] = "{{%AUTOESCAPE context=\"HTML\"}}";

/* Loaded templates; the tables they belong to. */
struct loaded {
	ctemplate::TemplateCache cache;
	const struct page_catalogue *catalogue;
};

std::unique_ptr<struct loaded> loaded;

/* Where ctemplate writes: the response's buffer. */
class Emitter final : public ctemplate::ExpandEmitter {
      public:
	explicit Emitter(struct bytes *bytes) : out(bytes)
	{
	}

	void
	Emit(char character) override
	{
		bytes_char(out, character);
	}

	void
	Emit(const std::string &text) override
	{
		bytes_append(out, text.data(), text.size());
	}

	void
	Emit(const char *text) override
	{
		bytes_text(out, text);
	}

	void
	Emit(const char *text, size_t length) override
	{
		bytes_append(out, text, length);
	}

      private:
	struct bytes *out;
};

/* What one scope of a template is filled from. */
struct scope {
	const struct page_shape *shape;
	const char *values;
	const struct page_shape *site_shape;
	const char *site;
};

/* A marker that was found, and the struct that holds its field. */
struct found {
	const struct page_marker *marker;
	const char *values;
};

const struct page_marker *
shape_find(const struct page_shape *shape, const TemplateString &name)
{
	const struct page_marker *marker = shape->markers;
	const struct page_marker *end = marker + shape->count;
	const char *text = name.data();
	size_t length = name.size();

	for (; marker != end; marker++) {
		if (marker->length == length && memcmp(marker->name, text, length) == 0) {
			return marker;
		}
	}
	return nullptr;
}

template <typename field>
field
read_field(const struct found &found)
{
	field value;

	memcpy(&value, found.values + found.marker->offset, sizeof(value));
	return value;
}

class Dictionary final : public TemplateDictionaryInterface {
      public:
	Dictionary() = default;
	explicit Dictionary(const struct scope &filled) : scope(filled)
	{
	}

	void
	Fill(const struct scope &filled)
	{
		scope = filled;
	}

	TemplateString
	GetValue(const TemplateString &name) const override
	{
		const struct found found = Find(name);
		const char *text;

		if (found.marker == nullptr ||
		    (found.marker->kind != PAGE_TEXT && found.marker->kind != PAGE_MARKDOWN)) {
			return TemplateString("", 0);
		}
		/* struct markdown holds nothing but the pointer. */
		text = read_field<const char *>(found);
		return text == nullptr ? TemplateString("", 0) : TemplateString(text, strlen(text));
	}

	bool
	IsHiddenSection(const TemplateString &name) const override
	{
		const struct found found = Find(name);

		return found.marker == nullptr || !IsShown(found);
	}

	bool
	IsUnhiddenSection(const TemplateString &name) const override
	{
		return !IsHiddenSection(name);
	}

	bool
	IsHiddenTemplate(const TemplateString &name) const override
	{
		return IsHiddenSection(name);
	}

	const char *
	GetIncludeTemplateName(const TemplateString &name, int) const override
	{
		const struct found found = Find(name);

		return found.marker == nullptr ? nullptr : found.marker->shape->file;
	}

	void
	DumpToString(std::string *out, int) const override
	{
		out->clear();
	}

      protected:
	Iterator *CreateTemplateIterator(const TemplateString &name) const override;
	Iterator *CreateSectionIterator(const TemplateString &name) const override;

      private:
	struct scope scope = {};

	struct found
	Find(const TemplateString &name) const
	{
		const struct page_marker *marker = shape_find(scope.shape, name);

		if (marker != nullptr) {
			return { marker, scope.values };
		}
		return { shape_find(scope.site_shape, name), scope.site };
	}

	static bool
	IsShown(const struct found &found)
	{
		switch (found.marker->kind) {
		case PAGE_CONDITION:
			return read_field<bool>(found);
		case PAGE_NEGATION:
			return !read_field<bool>(found);
		case PAGE_LIST:
		case PAGE_FILLED:
		case PAGE_INCLUDE:
			return read_field<struct page_list>(found).count > 0;
		case PAGE_EMPTY:
			return read_field<struct page_list>(found).count == 0;
		case PAGE_PART:
			return true;
		case PAGE_TEXT:
		case PAGE_MARKDOWN:
			return false;
		}
		return false;
	}

	class Rows;
};

/* The rows of a list, one dictionary moved from row to row. */
class Dictionary::Rows final : public Iterator {
      public:
	Rows() = default;
	Rows(const struct scope &first, size_t rows) : next(first), left(rows)
	{
	}

	bool
	HasNext() const override
	{
		return left > 0;
	}

	const TemplateDictionaryInterface &
	Next() override
	{
		row.Fill(next);
		next.values += next.shape->size;
		left--;
		return row;
	}

      private:
	struct scope next = {};
	size_t left = 0;
	Dictionary row;
};

/*
 * A section without rows of its own (a condition) gives an empty iterator:
 * ctemplate then expands it with the dictionary it has.
 */
TemplateDictionaryInterface::Iterator *
Dictionary::CreateSectionIterator(const TemplateString &name) const
{
	const struct found found = Find(name);
	struct scope first = scope;
	struct page_list list;

	if (found.marker == nullptr ||
	    (found.marker->kind != PAGE_LIST && found.marker->kind != PAGE_INCLUDE)) {
		return new Rows();
	}
	list = read_field<struct page_list>(found);
	first.shape = found.marker->shape;
	first.values = static_cast<const char *>(list.rows);
	return new Rows(first, list.count);
}

/* A part that needs page_site only is given one row without values. */
TemplateDictionaryInterface::Iterator *
Dictionary::CreateTemplateIterator(const TemplateString &name) const
{
	const struct found found = Find(name);
	struct scope only = scope;

	if (found.marker == nullptr || found.marker->kind != PAGE_PART) {
		return CreateSectionIterator(name);
	}
	only.shape = found.marker->shape;
	return new Rows(only, 1);
}

/* The file's bytes; false when it cannot be read. */
bool
file_read(const std::string &path, std::string *text)
{
	std::unique_ptr<FILE, int (*)(FILE *)> file(fopen(path.c_str(), "rb"), fclose);
	char chunk[16384];
	size_t count;

	if (!file) {
		return false;
	}
	while ((count = fread(chunk, 1, sizeof(chunk), file.get())) > 0) {
		text->append(chunk, count);
	}
	return ferror(file.get()) == 0;
}

/*
 * The template without the blanks that begin its lines.  Not only for size:
 * ctemplate indents every line of an include as the include itself is
 * indented, what people wrote in a <textarea> too.
 */
std::string
unindent(const std::string &text)
{
	std::string result;
	bool start = true;

	result.reserve(text.size());
	for (const char character : text) {
		if (start && (character == ' ' || character == '\t')) {
			continue;
		}
		start = character == '\n';
		result += character;
	}
	return result;
}

/* nullptr when the template may be used, else what is wrong with it. */
const char *
load_one(ctemplate::TemplateCache *cache, const std::string &folder, const struct page_shape *shape)
{
	std::string text;

	if (!file_read(folder + "/" + shape->file, &text)) {
		return "cannot be read";
	}
	if (text.compare(0, sizeof(pragma) - 1, pragma) != 0) {
		return "does not begin with the auto-escape pragma";
	}
	if (page_hash(text.data(), text.size()) != shape->hash) {
		return "is not the one this program was built with";
	}
	if (!cache->StringToTemplateCache(shape->file, unindent(text), strip)) {
		return "is refused by ctemplate";
	}
	return nullptr;
}

bool
load_all(const char *folder, const struct page_catalogue *catalogue, const char **problem)
{
	static char words[512];
	std::unique_ptr<struct loaded> fresh(new struct loaded());
	const char *wrong;
	size_t i;

	fresh->catalogue = catalogue;
	for (i = 0; i < catalogue->count; i++) {
		wrong = load_one(&fresh->cache, folder, catalogue->shapes[i]);
		if (wrong != nullptr) {
			snprintf(words, sizeof(words), "template %s/%s %s", folder,
			    catalogue->shapes[i]->file, wrong);
			*problem = words;
			return false;
		}
	}
	fresh->cache.Freeze();
	loaded = std::move(fresh);
	return true;
}

bool
render(struct bytes *out, const struct page_shape *shape, const struct page_site *site,
    const void *values)
{
	Emitter emitter(out);
	ctemplate::PerExpandData data;
	const Dictionary dictionary({ shape, static_cast<const char *>(values),
	    loaded->catalogue->site, reinterpret_cast<const char *>(site) });

	return loaded->cache.ExpandNoLoad(shape->file, strip, &dictionary, &data, &emitter);
}

} // namespace

extern "C" uint64_t
page_hash(const void *data, size_t length)
{
	const unsigned char *byte = static_cast<const unsigned char *>(data);
	uint64_t hash = UINT64_C(14695981039346656037);

	for (; length > 0; length--) {
		hash ^= *byte++;
		hash *= UINT64_C(1099511628211);
	}
	return hash;
}

extern "C" bool
page_load(const char *folder, const struct page_catalogue *catalogue, const char **problem)
{
	try {
		return load_all(folder, catalogue, problem);
	} catch (...) {
		*problem = "the templates do not fit into memory";
		return false;
	}
}

extern "C" bool
page_start(const char *folder, const char **problem)
{
	return page_load(folder, &page_templates, problem);
}

extern "C" void
page_render(struct bytes *out, const struct page_shape *shape, const struct page_site *site,
    const void *values)
{
	bool good;

	try {
		good = loaded && render(out, shape, site, values);
	} catch (...) {
		good = false;
	}
	if (!good) {
		log_line(LOG_LEVEL_ERROR, "event=page_failed template=%s", shape->file);
		_exit(70);
	}
}
