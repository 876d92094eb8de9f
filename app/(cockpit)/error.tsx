"use client";

import { PageProblem } from "@/components/shell/page-problem";

export default PageProblem;
