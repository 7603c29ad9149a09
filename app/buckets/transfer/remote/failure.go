package remote

// Failure is an error in words of this package's own.
type Failure struct {
	Code, Title, Detail, Next string
	err                       error
}

// Error implements error.
func (f *Failure) Error() string { return f.Title + ": " + f.Detail }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.err }
