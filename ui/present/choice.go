package present

// Choice is a value and what it is called.
type Choice struct{ Value, Label string }

// LabelOf returns what a value is called; empty for one that is not among the choices.
func LabelOf(choices []Choice, value string) string {
	for _, c := range choices {
		if c.Value == value {
			return c.Label
		}
	}
	return ""
}
