/** Runs before the page is drawn, so that a remembered theme does not flash. Classic script; main.js does the rest. */
// Lets style sheets hide what only scripts can show again.
document.documentElement.dataset.scripted = "";
try {
  const theme = localStorage.getItem("backlit-theme");
  if (theme === "dark" || theme === "light") document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the page then follows the system.
}
