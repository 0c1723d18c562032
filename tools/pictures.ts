// `npm run pictures`: takes the README's pictures anew, into docs/images.
process.env["UPDATE_PICTURES"] = "yes";
process.argv.push("specs/pictures");
await import("./e2e.ts");
