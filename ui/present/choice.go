package present

// Choice is a value and what it is called.
type Choice struct{ Value, Label string }

// Labels are the labels of choices.
func Labels(choices []Choice) []string {
	var out []string
	for _, c := range choices {
		out = append(out, c.Label)
	}
	return out
}
