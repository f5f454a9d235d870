/* Everything works without this script. It only makes some things kinder:
   times in the reader's own zone, words kept when a line drops, counters,
   hours entered once for a week. */
"use strict";
(() => {
	const all = (selector, from = document) => [...from.querySelectorAll(selector)];
	const wordsOf = document.getElementById("words");
	const words = (name, values = {}) => (wordsOf?.dataset[name] || "")
		.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
	const page = document.documentElement.lang;
	const language = page === "en" ? "en-GB" : page || "en-GB";
	const clock = (instant) => new Intl.DateTimeFormat(language,
		{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(instant);

	/* Instants, with the zone said; the server's words stay as the tooltip. */
	const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
	for (const time of zone ? all("time[datetime$=Z]") : []) {
		const instant = new Date(time.dateTime);
		if (isNaN(instant)) {
			continue;
		}
		const date = new Intl.DateTimeFormat(language, { dateStyle: "full" }).format(instant).replace(",", "");
		time.title = time.textContent.trim();
		time.textContent = time.classList.contains("day") ? date
			: (time.classList.contains("clock") ? "" : date + ", ")
				+ clock(instant) + " " + zone.replaceAll("_", " ");
	}
	for (const select of all("select[data-zone]")) {
		const say = () => all("[data-zone-name]", select.form)
			.forEach((name) => { name.textContent = select.value || name.textContent; });
		if (select.value === "" && [...select.options].some((option) => option.value === zone)) {
			select.value = zone;
		}
		select.addEventListener("change", say);
		say();
	}

	/* Mistakes come first, also for the focus. */
	const errors = document.getElementById("errors");
	errors?.focus();

	/* How much room is left, told by eye always, aloud only when it is scarce. */
	for (const area of all("textarea[data-limit]")) {
		const limit = Number(area.dataset.limit);
		const place = document.getElementById(area.id + "-limit");
		if (!place || !limit) {
			continue;
		}
		const seen = document.createElement("span");
		const heard = document.createElement("span");
		seen.setAttribute("aria-hidden", "true");
		heard.className = "hide";
		heard.setAttribute("role", "status");
		place.append(" ", seen);
		place.after(heard);
		let waiting;
		const count = () => {
			const left = limit - area.value.length;
			const said = words(left < 0 ? "over" : "left",
				{ count: new Intl.NumberFormat(language).format(Math.abs(left)) });
			seen.textContent = area.value ? said : "";
			seen.className = left < 0 ? "over" : "";
			clearTimeout(waiting);
			waiting = setTimeout(() => {
				heard.textContent = left < limit / 10 ? said : "";
			}, 1200);
		};
		area.addEventListener("input", count);
		count();
	}

	const sayCopied = (button) => {
		const label = button.textContent;
		button.setAttribute("aria-live", "polite");
		button.textContent = words("copied");
		setTimeout(() => { button.textContent = label; }, 3000);
	};
	for (const button of all("[data-copy]")) {
		button.hidden = !navigator.clipboard;
		button.addEventListener("click", async () => {
			await navigator.clipboard.writeText(
				document.getElementById(button.dataset.copy).textContent.trim());
			sayCopied(button);
		});
	}

	/* Hours of a week: another range of a day, or the same as Monday. */
	const addRange = (day) => {
		const ranges = all("[data-range]", day);
		const copy = ranges[0].cloneNode(true);
		for (const input of all("input", copy)) {
			const label = copy.querySelector(`label[for="${input.id}"]`);
			input.value = "";
			input.removeAttribute("value");
			input.id += "-" + ranges.length;
			label.htmlFor = input.id;
		}
		ranges.at(-1).after(copy);
		return copy;
	};
	const sameDay = (from, to) => {
		const values = all("input", from).map((input) => input.value);
		while (all("input", to).length < values.length) {
			addRange(to);
		}
		all("input", to).forEach((input, i) => {
			input.value = values[i] || "";
			input.dispatchEvent(new Event("input", { bubbles: true }));
		});
	};
	for (const hours of all("[data-hours]")) {
		const days = all("[data-day]", hours);
		for (const day of days) {
			all("[data-range]", day).slice(1)
				.filter((range) => all("input", range).every((input) => !input.value))
				.forEach((range) => range.remove());
		}
		all("[data-day-tools]", hours).forEach((tools) => { tools.hidden = false; });
		hours.addEventListener("click", (event) => {
			const day = event.target.closest("[data-day]");
			if (event.target.closest("[data-add-range]")) {
				addRange(day).querySelector("input").focus();
			} else if (event.target.closest("[data-same-day]")) {
				sameDay(days[0], day);
			} else if (days[0] && event.target.value === "copy") {
				event.preventDefault();
				days.slice(1, 5).forEach((other) => sameDay(days[0], other));
				sayCopied(event.target);
			}
		});
	}

	/* Half hours in a grid: drawn over with a pointer, gone about by arrow keys.
	   A part of the day is one stop of the tab key. */
	for (const grid of all("[data-grid]")) {
		const days = [0, 1, 2, 3, 4, 5, 6].map((day) => all(`[name$="_${day}"]`, grid));
		const placeOf = (box) => days.reduce((place, boxes, day) =>
			(boxes.includes(box) ? [day, boxes.indexOf(box)] : place), null);
		const changed = () => grid.dispatchEvent(new Event("edited", { bubbles: true }));
		all("[data-grid-how]").forEach((how) => { how.hidden = false; });
		for (const part of all("table", grid)) {
			let stop;
			const stopAt = (box) => {
				all("input", part).forEach((other) => { other.tabIndex = other === box ? 0 : -1; });
				stop = box;
			};
			stopAt(part.querySelector("input"));
			part.addEventListener("focusin", (event) => event.target !== stop && stopAt(event.target));
		}
		const arrows = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
		grid.addEventListener("keydown", (event) => {
			const place = placeOf(event.target);
			const step = place && arrows[event.key];
			if (step) {
				event.preventDefault();
				const box = days[place[0] + step[0]]?.[place[1] + step[1]];
				if (box) {
					box.closest("details").open = true;
					box.focus();
				}
			}
		});
		let from = null;
		let before = null;
		const put = (isTicked) => days.forEach((boxes, day) => boxes.forEach((box, half) => {
			box.checked = isTicked(day, half);
		}));
		grid.addEventListener("pointerdown", (event) => {
			from = event.button === 0 ? placeOf(event.target) : null;
			before = null;
		});
		addEventListener("pointermove", (event) => {
			const over = from && placeOf(document.elementFromPoint(event.clientX, event.clientY));
			if (!over || (!before && over.join() === from.join())) {
				return;
			}
			before ??= days.map((boxes) => boxes.map((box) => box.checked));
			const isIn = (at, i) => (at - from[i]) * (at - over[i]) <= 0;
			put((day, half) => (isIn(day, 0) && isIn(half, 1)
				? !before[from[0]][from[1]] : before[day][half]));
		});
		addEventListener("pointerup", () => {
			if (from && before) {
				changed();
			}
			from = null;
		});
		/* The finger only meant to scroll. */
		addEventListener("pointercancel", () => {
			if (from && before) {
				put((day, half) => before[day][half]);
			}
			from = null;
		});
		/* Drawing back to where one began is no click. */
		grid.addEventListener("click", (event) => {
			if (before && placeOf(event.target)) {
				event.preventDefault();
			}
			before = null;
		});
		grid.parentElement.addEventListener("click", (event) => {
			if (event.target.value === "copy") {
				event.preventDefault();
				days.slice(1, 5).forEach((boxes) => boxes.forEach((box, half) => {
					box.checked = days[0][half].checked;
				}));
				changed();
				sayCopied(event.target);
			}
		});
	}

	/* Long forms are kept in this browser until the server has them. A draft
	   counts only for the form as it was: other values from the server win,
	   unless they are what was just sent and came back. */
	const cameBack = errors || document.querySelector("[autofocus]");
	const prefix = "groundcrew:" + (document.querySelector(".brand")?.pathname || "") + ":";
	const keepFor = 14 * 24 * 3600 * 1000;
	/* A browser may refuse to keep anything; then nothing was kept. */
	const attempt = (work, otherwise) => {
		try {
			return work();
		} catch {
			return otherwise;
		}
	};
	const store = {
		read: (key) => attempt(() => JSON.parse(localStorage.getItem(key)), null),
		write: (key, draft) => attempt(() => {
			localStorage.setItem(key, JSON.stringify(draft));
			return true;
		}, false),
		keys: () => attempt(() => Object.keys(localStorage), [])
			.filter((key) => key.startsWith(prefix)),
		drop: (key) => attempt(() => localStorage.removeItem(key)),
	};
	const fieldsOf = (form) => [...form.elements].filter((field) =>
		field.name && !field.name.startsWith("_") && field.type !== "hidden" && field.type !== "submit");
	const valuesOf = (form) => fieldsOf(form).map((field) =>
		[field.name, /checkbox|radio/.test(field.type) ? field.checked : field.value]);
	/* Hours that were kept in the other way than the page shows them. */
	const inThisWay = (form, values) => {
		const id = form.querySelector("[data-hours]")?.id;
		const isHours = ([name]) => name.startsWith(id + "_");
		const kept = values.filter(isHours);
		const ticks = kept.some(([, value]) => typeof value === "boolean");
		if (!kept.length || ticks === !!form.querySelector("[data-grid]")) {
			return values;
		}
		const clockOf = (half) => new Date(half * 18e5).toISOString().slice(11, 16);
		const hours = [0, 1, 2, 3, 4, 5, 6].flatMap((day) => {
			const name = `${id}_${day}`;
			const of = (end) => kept.filter((value) => value[0] === name + end).map((value) => value[1]);
			if (ticks) {
				return [...of(""), false].map((ticked, half, all) =>
					(ticked === !!all[half - 1] ? null : [name + (ticked ? "_from" : "_to"), clockOf(half)]))
					.filter(Boolean);
			}
			const until = of("_to").map((time) => (time === "00:00" ? "24:00" : time));
			return [...Array(48).keys()].map(clockOf).map((time) =>
				[name, of("_from").some((from, i) => from && from <= time && time < until[i])]);
		});
		return [...values.filter((value) => !isHours(value)), ...hours];
	};
	const putBack = (form, values) => {
		for (const [name] of values) {
			while (fieldsOf(form).filter((field) => field.name === name).length
				< values.filter((value) => value[0] === name).length) {
				const day = fieldsOf(form).find((field) => field.name === name)?.closest("[data-day]");
				if (!day) {
					break;
				}
				addRange(day);
			}
		}
		const rest = [...values];
		for (const field of fieldsOf(form)) {
			const at = rest.findIndex((value) => value[0] === field.name);
			if (at < 0) {
				continue;
			}
			const [[, value]] = rest.splice(at, 1);
			field[typeof value === "boolean" ? "checked" : "value"] = value;
			field.dispatchEvent(new Event("input", { bubbles: true }));
		}
	};
	const sign = (form) => JSON.stringify([...new FormData(form)].filter(([name, value]) =>
		value && !name.startsWith("_") && form.elements[name].type !== "hidden"));
	const keepDraft = (form) => {
		const key = prefix + form.dataset.draft;
		const draft = store.read(key);
		const shown = sign(form);
		let begun = cameBack && draft ? draft.begun : shown;
		const state = document.createElement("p");
		state.className = "help draft-state";
		state.setAttribute("role", "status");
		(form.querySelector(":scope > .buttons") || form.lastElementChild).after(state);
		let waiting;
		const write = (more) => store.write(key,
			{ at: Date.now(), begun, now: sign(form), values: valuesOf(form), ...more });
		const tell = (name) => {
			state.textContent = words(name, { time: clock(Date.now()) });
		};
		/* Where the form says so the server keeps it, too; the page tells it
		   which of the words there it has seen. */
		const seen = "save" in form.dataset && form.elements._draft;
		let sending = null;
		let ended = false;
		const send = async () => {
			if (sending || ended) {
				return;
			}
			const sent = sign(form);
			const fields = new URLSearchParams(new FormData(form));
			fields.set("step", "keep");
			sending = new AbortController();
			const answer = await fetch(form.action, { method: "POST", body: fields,
				keepalive: document.hidden, signal: sending.signal }).catch(() => null);
			const mark = answer?.ok ? await answer.text().catch(() => "") : "";
			sending = null;
			if (form.dataset.sent) {
				return;
			}
			ended = answer?.status === 409;
			if (!/^\d+-\d+$/.test(mark)) {
				tell(ended ? "elsewhere" : "notSaved");
				return;
			}
			seen.value = mark;
			begun = sent;
			tell("kept");
			if (sent === sign(form)) {
				store.drop(key);
			} else {
				write();
				send();
			}
		};
		const save = () => {
			clearTimeout(waiting);
			waiting = 0;
			if (form.dataset.sent) {
				return;
			}
			const kept = write();
			if (seen) {
				send();
			} else {
				tell(kept ? "saved" : "notSaved");
			}
		};
		if (seen) {
			addEventListener("online", () => sign(form) !== begun && save());
			addEventListener("visibilitychange", () => waiting && save());
		}
		if (draft && !cameBack && draft.begun !== begun) {
			store.drop(key);
		} else if (draft && !cameBack && draft.now !== begun && Date.now() - draft.at < keepFor) {
			putBack(form, inThisWay(form, draft.values));
			const afresh = document.createElement("button");
			afresh.type = "button";
			afresh.className = "link";
			afresh.textContent = words("afresh");
			afresh.addEventListener("click", () => {
				store.drop(key);
				location.reload();
			});
			state.append(words("restored", { time: clock(draft.at) }), " ", afresh);
			waiting = seen && setTimeout(save, 1500);
		}
		form.addEventListener("input", (event) => {
			if (event.isTrusted) {
				clearTimeout(waiting);
				waiting = setTimeout(save, 1500);
			}
		});
		form.addEventListener("edited", save);
		form.addEventListener("click", (event) => {
			if (event.target.closest("[data-same-day], [value=copy]")) {
				save();
			}
		});
		form.addEventListener("submit", (event) => {
			clearTimeout(waiting);
			waiting = 0;
			if (seen && !navigator.onLine) {
				event.preventDefault();
				event.stopImmediatePropagation();
				write();
				tell("notSaved");
				return;
			}
			sending?.abort();
			write({ sent: true });
		});
	};
	/* Another page of ours without mistakes after sending means: it has arrived. */
	const arrived = !cameBack && !document.body.classList.contains("problem");
	const here = all("form[data-draft]").map((form) => prefix + form.dataset.draft);
	for (const key of store.keys()) {
		const draft = store.read(key);
		if (!draft || Date.now() - draft.at > keepFor || (draft.sent && arrived && !here.includes(key))) {
			store.drop(key);
		} else if (draft.sent) {
			store.write(key, { ...draft, sent: false });
		}
	}
	all("form[data-draft]").forEach(keepDraft);
	all("form[data-sign-out], form[data-forget]").forEach((form) => form.addEventListener("submit",
		() => store.keys().forEach(store.drop)));

	/* Reviewers go on to the next from wherever they are writing. */
	const next = document.querySelector("[data-next]");
	all("[data-keys]").forEach((help) => { help.hidden = !next; });
	addEventListener("keydown", (event) => {
		if (next && event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
			event.preventDefault();
			next.click();
		}
	});

	/* One press is enough; coming back makes the button fresh again. */
	const fresh = (form) => {
		delete form.dataset.sent;
		all("[aria-disabled]", form).forEach((button) => button.removeAttribute("aria-disabled"));
	};
	for (const form of all("form[method=post]")) {
		form.addEventListener("submit", (event) => {
			if (form.dataset.sent) {
				event.preventDefault();
				return;
			}
			form.dataset.sent = "yes";
			all("button:not([type=button])", form)
				.forEach((button) => button.setAttribute("aria-disabled", "true"));
			setTimeout(fresh, 20000, form);
		});
	}
	addEventListener("pageshow", () => all("form[data-sent]").forEach(fresh));
})();
