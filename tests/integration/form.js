// A form as people meet it: fields found by label or name, filled, sent with
// the button they press – the successful controls of HTML, nothing else.

export function matches(text, words) {
	if (text === undefined || text === null) {
		return false;
	}
	return words instanceof RegExp ? words.test(text)
		: text.toLowerCase().includes(String(words).toLowerCase());
}

export class Form {
	constructor(page, element) {
		this.page = page;
		this.element = element;
		this.method = (element.get('method') ?? 'get').toLowerCase();
		this.action = new URL(element.get('action') ?? '', page.url).href;
		const id = element.get('id');
		this.controls = page.document.all('input, select, textarea, button')
			.filter((control) => control.has('form')
				? id !== undefined && control.get('form') === id
				: control.closest('form') === element);
		this.values = new Map();
		for (const control of this.controls) {
			this.values.set(control, initial(control));
		}
	}

	// Sign-out and the like, found on every page.
	get isChrome() {
		return this.element.closest('header') !== null
			|| this.element.closest('nav') !== null
			|| this.element.closest('footer') !== null;
	}

	names() {
		return [...new Set(this.controls.map((control) => control.get('name'))
			.filter(Boolean))];
	}

	// Those a person finds: not the one that only the enter key presses.
	buttons() {
		return this.controls.filter((control) => !control.has('aria-hidden')).filter((control) =>
			(control.tag === 'button' && (control.get('type') ?? 'submit') === 'submit')
			|| (control.tag === 'input' && control.get('type') === 'submit'));
	}

	// Without words said: the first that is for the form as a whole.
	get mainButton() {
		return this.buttons().find((button) => !button.has('name')) ?? this.buttons()[0];
	}

	says(words) {
		return matches(this.action, words) || matches(this.element.get('id'), words)
			|| this.buttons().some((button) => matches(button.text, words))
			|| (words instanceof RegExp === false && this.names().includes(words));
	}

	label(control) {
		const id = control.get('id');
		const own = id && this.page.document.find('label', { for: id });
		return (own ?? control.closest('label'))?.text ?? control.get('aria-label') ?? '';
	}

	legend(control) {
		return control.closest('fieldset')?.find('legend')?.text ?? '';
	}

	// All controls that one name or label stands for.
	find(key) {
		const usable = this.controls.filter((control) => control.has('name'));
		const byName = usable.filter((control) => control.get('name') === key);
		if (byName.length > 0) {
			return byName;
		}
		const byLabel = usable.find((control) => !isTick(control)
			&& matches(this.label(control), key));
		if (byLabel) {
			return [byLabel];
		}
		const byLegend = usable.filter((control) => isTick(control)
			&& matches(this.legend(control), key));
		if (byLegend.length > 0) {
			return byLegend;
		}
		return usable.filter((control) => isTick(control)
			&& matches(this.label(control), key));
	}

	has(key) {
		return this.find(key).length > 0;
	}

	value(key) {
		const controls = this.find(key);
		if (controls.length === 0) {
			throw new Error(`no field ${key} in ${this.page.describe()}`);
		}
		if (isTick(controls[0])) {
			const ticked = controls.filter((control) => this.values.get(control))
				.map((control) => control.get('value') ?? 'on');
			return controls[0].get('type') === 'radio' ? ticked[0] : ticked;
		}
		return this.values.get(controls[0]);
	}

	fill(values) {
		for (const [key, value] of Object.entries(values)) {
			const controls = this.find(key);
			if (controls.length === 0) {
				throw new Error(`no field ${key} in ${this.page.describe()}`);
			}
			this.#set(key, controls, value);
		}
		return this;
	}

	#set(key, controls, value) {
		const first = controls[0];
		if (isTick(first)) {
			const wanted = Array.isArray(value) ? value : [value];
			const hit = (control) => typeof value === 'boolean' ? value
				: wanted.some((one) => control.get('value') === String(one)
					|| (one instanceof RegExp ? one.test(this.label(control))
						: this.label(control) === one));
			controls.forEach((control) => this.values.set(control, hit(control)));
			if (value !== false && wanted.length > 0 && !controls.some(hit)) {
				throw new Error(`no choice ${value} for ${key} in ${this.page.describe()}`);
			}
		} else if (first.tag === 'select') {
			const options = first.all('option');
			const option = options.find((one) => optionValue(one) === String(value))
				?? options.find((one) => matches(one.text, value));
			if (!option) {
				throw new Error(`no option ${value} for ${key} in ${this.page.describe()}`);
			}
			this.values.set(first, optionValue(option));
		} else if (Array.isArray(value)) {
			// One name, several controls: hours_0_from of each range.
			controls.forEach((control, index) =>
				this.values.set(control, String(value[index] ?? '')));
		} else {
			this.values.set(first, String(value));
		}
	}

	// Fill what is given; give every other required field something fitting.
	complete(values = {}) {
		this.fill(values);
		const groups = new Set();
		for (const control of this.controls) {
			const name = control.get('name');
			if (!control.has('required') || !name || control.has('disabled')) {
				continue;
			}
			if (control.get('type') === 'radio') {
				if (!groups.has(name) && !this.value(name)) {
					groups.add(name);
					this.values.set(control, true);
				}
			} else if (control.get('type') === 'checkbox') {
				this.values.set(control, true);
			} else if (this.values.get(control) === '' || this.values.get(control) === null) {
				this.values.set(control, something(control));
			}
		}
		return this;
	}

	// The successful controls, in the order of the page.
	entries(button) {
		const out = [];
		for (const control of this.controls) {
			const name = control.get('name');
			if (!name || control.has('disabled') || control.closest('fieldset')?.has('disabled')) {
				continue;
			}
			if (control.tag === 'button' || control.get('type') === 'submit') {
				if (control === button) {
					out.push([name, control.get('value') ?? '']);
				}
			} else if (isTick(control)) {
				if (this.values.get(control)) {
					out.push([name, control.get('value') ?? 'on']);
				}
			} else if (this.values.get(control) !== null) {
				out.push([name, this.values.get(control).replace(/\r?\n/g, '\r\n')]);
			}
		}
		return out;
	}

	// words: of the button to press; without, the main one.
	async submit(words, options) {
		const button = words === undefined ? this.mainButton
			: this.buttons().find((one) => matches(one.text, words)
				|| matches(one.get('value'), words));
		if (words !== undefined && !button) {
			throw new Error(`no button ${words} in ${this.page.describe()}`);
		}
		const fields = new URLSearchParams(this.entries(button));
		const action = button?.has('formaction')
			? new URL(button.get('formaction'), this.page.url).href : this.action;
		if (this.method === 'get') {
			const url = new URL(action);
			url.search = fields.toString();
			return this.page.person.open(url.href);
		}
		return this.page.person.post(action, fields, options);
	}
}

function isTick(control) {
	return control.tag === 'input'
		&& ['checkbox', 'radio'].includes(control.get('type'));
}

function optionValue(option) {
	return option.get('value') ?? option.text;
}

function initial(control) {
	if (isTick(control)) {
		return control.has('checked');
	}
	if (control.tag === 'textarea') {
		return control.rawText;
	}
	if (control.tag === 'select') {
		const options = control.all('option').filter((one) => !one.has('disabled'));
		const chosen = control.all('option').find((one) => one.has('selected')) ?? options[0];
		return chosen ? optionValue(chosen) : null;
	}
	return control.get('value') ?? '';
}

function something(control) {
	const longest = Number(control.get('maxlength') ?? 200);
	switch (control.tag === 'input' ? control.get('type') ?? 'text' : control.tag) {
	case 'select':
		return control.all('option').map(optionValue).find((value) => value !== '');
	case 'email':
		return 'someone@example.org';
	case 'url':
		return 'https://example.org/room';
	case 'number':
		return control.get('min') ?? '1';
	case 'date':
		return control.get('min') ?? '2027-01-04';
	case 'time':
		return '18:00';
	default:
		return 'Words enough to say something, and plain ones.'.slice(0, longest);
	}
}
