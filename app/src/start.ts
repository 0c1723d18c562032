// Lets the browser paint what the document brings before anything is executed; what is executed is on its way meanwhile.
import "./styles.css";

const start = () => void import("./main.tsx");

if (document.visibilityState === "hidden") start();
else
  requestAnimationFrame(() => {
    setTimeout(start);
  });
