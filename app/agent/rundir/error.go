package rundir

// textOfError begins the IDs of the words for an Error.
const textOfError = "agent.error.folder."

// Error is a folder that cannot be used.
type Error struct {
	// Code is the last part of the ID of its words, such as "relative".
	Code string
	// Params are the values of the parameters of its words, by their names.
	Params map[string]string
	// Err is the cause; nil for none.
	Err error
}

// Error implements error.
func (e *Error) Error() string {
	text := e.Params["Variable"] + e.Params["Folder"] + ": " + e.Code
	if e.Err != nil {
		text += ": " + e.Err.Error()
	}
	return text
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Text returns the ID of its words in the catalogue, and the values of their parameters.
func (e *Error) Text() (id string, args map[string]string) { return textOfError + e.Code, e.Params }

func folderError(code, folder string, cause error) error {
	return &Error{Code: code, Params: map[string]string{"Folder": folder}, Err: cause}
}
