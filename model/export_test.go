package model

import "iter"

// ProblemsInSteps is Problems where every file that streams counts as large.
func ProblemsInSteps(files ...string) iter.Seq2[Problem, error] { return problemsOf(0, files...) }

// EditDistance is what proposals measure by.
var EditDistance = editDistance
