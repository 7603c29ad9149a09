//go:build !unix

package quick

// Ask finds no agent: here the long way is the only one.
func Ask(string, string) (Answer, error) { return Answer{}, ErrNoAgent }
