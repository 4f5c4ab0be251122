// The export as it was written into the page: data, never markup.

const page = JSON.parse(document.getElementById("data").textContent);
for (const item of page.images) {
  item.tags ??= [];
  item.prompt ??= "";
}
const places = new Map(page.images.map((item, index) => [item.id, index]));
document.getElementById("title").textContent = page.title;
