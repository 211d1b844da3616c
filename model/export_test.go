package model

import "iter"

// ProblemsInSteps is Problems where every file that streams counts as large.
func ProblemsInSteps(file string) iter.Seq2[Problem, error] {
	return func(yield func(Problem, error) bool) {
		c := fileCheck{file: file, yield: yield}
		if err := c.run(0); err != nil {
			yield(Problem{}, err)
		}
	}
}

// EditDistance is what proposals measure by.
var EditDistance = editDistance
