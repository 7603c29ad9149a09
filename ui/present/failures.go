package present

// Failures is what a transfer or a change did not do, as a text to read.
type Failures struct {
	Title, Text string
	Lines       []FailureLine
	// More says how many are not listed; empty for none.
	More string
}

// FailureLine is one file that failed.
type FailureLine struct{ Name, Why string }
