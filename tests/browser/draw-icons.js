// Draws the pictures that cannot be SVG from those that are: run by hand
// after a change to favicon.svg or night.svg, results are committed.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "playwright-core";

const folder = new URL("../../www/static/", import.meta.url);
const svg = (name) => "data:image/svg+xml;base64,"
	+ readFileSync(new URL(name, folder)).toString("base64");

const browser = await chromium.launch({
	executablePath: "/usr/bin/chromium", args: ["--no-sandbox"],
});

async function draw(name, width, height, position = "50% 50%")
{
	const page = await browser.newPage({ viewport: { width, height } });
	await page.setContent(`<style>body{margin:0}img{display:block;width:${width}px;`
		+ `height:${height}px;object-fit:cover;object-position:${position}}</style>`
		+ `<img src="${svg(name)}">`);
	await page.waitForFunction("document.images[0].complete");
	const png = await page.screenshot({ omitBackground: true });
	await page.close();
	return png;
}

// An ICO is a directory of 16 bytes an image, here PNGs, after 6 bytes of head.
function ico(images)
{
	const head = Buffer.alloc(6 + 16 * images.length);
	head.writeUInt16LE(1, 2);
	head.writeUInt16LE(images.length, 4);
	let offset = head.length;
	images.forEach(({ size, png }, i) => {
		const at = 6 + 16 * i;
		head.writeUInt8(size, at);
		head.writeUInt8(size, at + 1);
		head.writeUInt16LE(1, at + 4);
		head.writeUInt16LE(32, at + 6);
		head.writeUInt32LE(png.length, at + 8);
		head.writeUInt32LE(offset, at + 12);
		offset += png.length;
	});
	return Buffer.concat([head, ...images.map(({ png }) => png)]);
}

const sizes = [];
for (const size of [16, 32, 48]) {
	sizes.push({ size, png: await draw("favicon.svg", size, size) });
}
writeFileSync(new URL("favicon.ico", folder), ico(sizes));
writeFileSync(new URL("icon.png", folder), await draw("favicon.svg", 256, 256));
writeFileSync(new URL("logo.png", folder), await draw("night.svg", 640, 320, "88% 50%"));
await browser.close();
