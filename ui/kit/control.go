package kit

// Control is what the user presses, selects or types into. Its ID is the same in every language and names one control
// of what is on screen: short words with hyphens, behind a dot where they belong to a part of the window, and behind a
// colon what distinguishes the controls of several rows, such as "revoke:train.py".
type Control interface{ ID() string }

var (
	_ Control = (*Button)(nil)
	_ Control = (*Check)(nil)
	_ Control = (*Choice)(nil)
	_ Control = (*Entry)(nil)
	_ Control = (*Edge)(nil)
	_ Control = (*Heading)(nil)
	_ Control = (*menuLine)(nil)
)

// RowID returns the ID of a control that there is once for each row.
func RowID(id, row string) string { return id + ":" + row }

// ConfirmID returns the ID of a button that answers a question: the one that leads to the question may be called the
// same, and is still on screen where the question takes a while to come.
func ConfirmID(answer string) string { return PartID("confirm", answer) }

// PartID returns the ID of a control in a part of the window; an empty part is none.
func PartID(part, id string) string {
	if part == "" {
		return id
	}
	return part + "." + id
}
