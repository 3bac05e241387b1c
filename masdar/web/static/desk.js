// What every page needs: say what a request of htmx could not do, where it was asked.
document.addEventListener("htmx:response:error", (event) => {
  const ctx = event.detail.ctx;
  const source = ctx.sourceElement ?? event.target;
  tell(ctx.text || String(ctx.response?.status ?? ""), source);
});
document.addEventListener("htmx:error", (event) => {
  tell(document.documentElement.dataset.offline, event.detail.ctx?.sourceElement ?? event.target);
});

export function tell(message, near) {
  const place = near?.closest?.("form")?.querySelector(".problem") ?? toast();
  place.textContent = message;
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

function toast() {
  let place = document.getElementById("toast");
  if (!place) {
    place = document.createElement("p");
    place.id = "toast";
    place.className = "notice bad";
    place.setAttribute("role", "alert");
    document.body.append(place);
    place.addEventListener("click", () => { place.hidden = true; });
  }
  return place;
}
