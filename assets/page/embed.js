// The chart alone, for a frame in another page (/embed).
export function markEmbedded() {
  if (window.location.pathname.endsWith("/embed")) document.documentElement.dataset.view = "embed";
}
