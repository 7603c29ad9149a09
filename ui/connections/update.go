package connections

import (
	"context"
	"strings"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
	"daypass/ui/present"
	"daypass/ui/task"
)

// Update looks for changes of a connection where it is published, and shows the form with them for review.
func (e *Editor) Update(id string) {
	e.with(id, func(def connection.Definition) {
		task.Run(task.New(e.agent.Context, e.dispatch), func(ctx context.Context) (connection.Definition, error) {
			return e.sources.Prober.Invitation(ctx, def.Source, setup.Options{CAFile: def.CAFile})
		}, func(published connection.Definition, err error) {
			if err != nil {
				e.window.Tell(messages.Text("connections.update.failed"), linkFault(err))
				return
			}
			updated := def.Updated(published)
			if len(updated.Differences(def)) == 0 {
				e.window.Tell(messages.Text("connections.update.none.title"), messages.Text("connections.update.none", messages.Args{"Connection": present.Visible(def.Name)}))
				return
			}
			e.window.ShowForm(UpdatedConnection(updated, def))
		})
	})
}

// UpdatedConnection is the form of a connection with the changes that are published of it.
func UpdatedConnection(d, before connection.Definition) Form {
	f := EditConnection(d)
	var changes []string
	for _, c := range d.Differences(before) {
		changes = append(changes, messages.Text("connections.update.change", messages.Args{
			"Setting": c.Label, "Before": orNothing(c.Before), "After": orNothing(c.After),
		}))
	}
	f.Text = messages.Text("connections.update.text", messages.Args{"Changes": strings.Join(changes, "; ")})
	return f
}

// orNothing is a value as it is shown, or a word for none.
func orNothing(value string) string {
	if value == "" {
		return messages.Text("connections.update.nothing")
	}
	return present.Visible(value)
}
