// Runs before anything is painted, so that the document appears at once in the language and the theme of the person who opens it.
// A file of its own: the Content-Security-Policy allows no script within the document.
/* global document, localStorage, location, navigator */
const root = document.documentElement;
const languages = ["en", "de"];
const wanted = [localStorage.getItem("termstake.language") ?? "", ...navigator.languages];
root.lang = wanted.map((candidate) => candidate.split("-")[0]).find((code) => languages.includes(code)) ?? "en";

const theme = localStorage.getItem("termstake.theme");
if (theme === "light" || theme === "dark") root.dataset.theme = theme;

// What is shown first belongs to Explore; other places begin with the frame alone.
root.dataset.place = ["", "#", "#/"].includes(location.hash) ? "explore" : "other";
