export type Theme = "system" | "light" | "dark";

const REMEMBERED = "termstake.theme";

/** The theme chosen before; the system's without a choice. */
export function rememberedTheme(): Theme {
  const theme = localStorage.getItem(REMEMBERED);
  return theme === "light" || theme === "dark" ? theme : "system";
}

/** Shows a theme. */
export function applyTheme(theme: Theme): void {
  if (theme === "system") delete document.documentElement.dataset["theme"];
  else document.documentElement.dataset["theme"] = theme;
}

/** Shows a theme and remembers it. */
export function chooseTheme(theme: Theme): void {
  if (theme === "system") localStorage.removeItem(REMEMBERED);
  else localStorage.setItem(REMEMBERED, theme);
  applyTheme(theme);
}
