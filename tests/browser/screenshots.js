// Draws the README's pictures from a running sample programme:
//
//	make run >links & node tests/browser/screenshots.js links
//
// where `links` holds what `make run` printed.
import { mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const printed = readFileSync(process.argv[2], 'utf8');
const base = printed.match(/^Groundcrew is at (\S+)\/$/m)[1];
const link = (role) => printed.match(new RegExp(`^${role}: (\\S+)$`, 'm'))[1];
const folder = new URL('../../www/screenshots/', import.meta.url).pathname;

const browser = await chromium.launch({
	executablePath: '/usr/bin/chromium',
	args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

async function draw(name, options, act) {
	const context = await browser.newContext({ locale: 'en-GB',
		timezoneId: 'Europe/Vienna', ...options });
	const page = await context.newPage();
	await act(page);
	await page.screenshot({ path: `${folder}${name}.png` });
	await context.close();
}

mkdirSync(folder, { recursive: true });
const wide = { viewport: { width: 1100, height: 860 } };
await draw('home', wide, (page) => page.goto(`${base}/`));
await draw('feed', { ...wide, colorScheme: 'dark' },
	(page) => page.goto(`${base}/feed/`));
await draw('standup', wide, async (page) => {
	await page.goto(link('navigator'));
	await page.click('main button');
	await page.goto(`${base}/standup/summer-triangle/lyra-aquila/3`);
	await page.getByRole('heading', { name: 'Check-ins' })
		.evaluate((heading) => heading.scrollIntoView());
});
await draw('apply', { viewport: { width: 390, height: 760 } }, async (page) => {
	await page.goto(`${base}/apply/orion`);
	await page.getByLabel('Name', { exact: false }).first().fill('Vega');
	await page.locator('form').evaluate((form) => { form.noValidate = true; });
	await page.getByRole('button', { name: 'Send the application' }).click();
	await page.waitForLoadState();
});
await browser.close();
