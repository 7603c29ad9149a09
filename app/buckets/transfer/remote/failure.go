package remote

import "daypass/app/messages"

// Failure is an error with a problem of its own. Its fields are as in app.Problem.
type Failure struct {
	Code, Variant string
	Params        map[string]string
	Reasons       []messages.Message
	err           error
}

// Error implements error.
func (f *Failure) Error() string { return f.Code }

// Unwrap returns the cause.
func (f *Failure) Unwrap() error { return f.err }
