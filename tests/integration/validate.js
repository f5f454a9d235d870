// Every page through html-validate, in one process for the whole run.
import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const validator = new HtmlValidate(new StaticConfigLoader({
	root: true,
	extends: ['html-validate:recommended', 'html-validate:document'],
	rules: {
		// Judgement of taste, not of correctness, or answered elsewhere.
		'long-title': 'off',
		'no-trailing-whitespace': 'off',
		'require-sri': 'off',
		'attribute-boolean-style': 'off',
		'doctype-style': 'off',
		'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'submit', 'button', 'reset'] }],
	},
}));

// One line a fault; an empty list is a valid page.
export async function faultsOf(page) {
	const report = await validator.validateString(page.source, page.path);
	return report.results.flatMap((result) => result.messages.filter((message) =>
		// The ranges of one day share their names and pair up by order.
		message.ruleId !== 'form-dup-name' || !/#hours-\d-(from|to)/.test(message.selector ?? message.message))
		.map((message) => `${page.path}:${message.line}:${message.column} ${message.ruleId}: ${message.message}`
			+ (message.selector ? ` (${message.selector})` : '')));
}
