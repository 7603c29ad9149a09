package connectionsview

import (
	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/kit"
	"daypass/ui/theme"
)

// ShowLimits has the user select when a session ends.
func ShowLimits(k *kit.Kit, m connections.Limits) {
	sheet := k.NewSheet(m.Title)
	sheet.AddText(m.Text, kit.Secondary)
	choices := kit.Column(theme.Small)
	var first *kit.Button
	for _, c := range m.Choices {
		b := k.Button("limit."+c.ID, c.Label, "", kit.Plain, func() {
			sheet.Leave()
			c.Do()
		})
		choices.Add(b)
		if first == nil {
			first = b
		}
	}
	sheet.Add(choices)
	cancel := k.Button("limit.cancel", messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	sheet.Show(first, cancel)
}
