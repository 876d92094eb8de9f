"use client";

import dynamic from "next/dynamic";

/** What shows an episode, behind the decision in what is loaded: whoever knows already what they will decide need not wait for it. */
export const ShowsLazily = dynamic(() => import("./shows").then(({ Shows }) => Shows), { ssr: false });
