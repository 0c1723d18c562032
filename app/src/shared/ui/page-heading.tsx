import { useEffect, useRef, type ReactNode } from "react";

export const HEADING = "text-3xl font-semibold outline-none sm:text-4xl";

/** A page's heading: names the document, and takes the focus, so that a screen reader says where it is. */
export function PageHeading({ children, title }: { children: ReactNode; title: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Termstake`;
  }, [title]);
  useEffect(() => {
    // Not from what was opened while the page was still loading: it would close.
    const busy = document.querySelector('[role="dialog"], [role="menu"]') !== null;
    if (document.body.dataset["navigated"] === "yes" && !busy) heading.current?.focus({ preventScroll: true });
    document.body.dataset["navigated"] = "yes";
    window.scrollTo(0, 0);
  }, []);
  return (
    <h1 ref={heading} tabIndex={-1} className={HEADING}>
      {children}
    </h1>
  );
}
