package connections

import (
	"context"
	"image"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/ui/present"
	"daypass/ui/problem"
	"daypass/ui/task"
)

// Code is a connection as a QR code.
type Code struct {
	Title, Text string
	Picture     image.Image
}

// Duplicate shows a copy of a connection, under a name of its own, to be added.
func (e *Editor) Duplicate(id string) {
	e.with(id, func(def connection.Definition) {
		e.window.ShowForm(DuplicatedConnection(def, e.known()))
	})
}

// Export writes a connection to a file in a folder that the user chooses.
func (e *Editor) Export(id string) {
	e.with(id, func(def connection.Definition) {
		e.window.ChooseFolder(messages.Text("connections.export.yes"), func(folder string) {
			task.Run(task.New(e.agent.Context, e.dispatch), func(context.Context) (string, error) { return def.Export(folder) }, func(path string, err error) {
				if err != nil {
					e.window.Tell(messages.Text("connections.export.failed"), problem.Text(err))
					return
				}
				e.window.Tell(messages.Text("connections.export.title"), present.JoinSentences(messages.Text("connections.export.text", messages.Args{"File": path}), withoutSecret(def)))
			})
		})
	})
}

// CopyLink copies a connection as a link, which is no secret.
func (e *Editor) CopyLink(id string) {
	e.with(id, func(def connection.Definition) {
		e.copy(def.Link())
		e.window.Tell(messages.Text("connections.link.title"), present.JoinSentences(messages.Text("connections.link.text"), withoutSecret(def)))
	})
}

// ShowQR shows a connection as a QR code.
func (e *Editor) ShowQR(id string) {
	e.with(id, func(def connection.Definition) {
		picture, drawn := present.QRCode(def.Link())
		if !drawn {
			e.window.Tell(messages.Text("connections.qr.failed"), messages.Text("connections.qr.too-long"))
			return
		}
		e.window.ShowCode(Code{
			Title: messages.Text("connections.qr.title", messages.Args{"Connection": present.Visible(def.Name)}), Picture: picture,
			Text: present.JoinSentences(messages.Text("connections.qr.text"), withoutSecret(def)),
		})
	})
}

// withoutSecret says that the client secret is not passed on; nothing where there is none.
func withoutSecret(def connection.Definition) string {
	if def.Provider.ClientSecret.IsZero() {
		return ""
	}
	return messages.Text("connections.without-secret")
}

// with gets the definition of a connection for do, which runs on the UI thread.
func (e *Editor) with(id string, do func(connection.Definition)) {
	e.agent.Call(func(ctx context.Context, core app.Core) error {
		def, err := core.Connection(ctx, id)
		if err == nil {
			e.dispatch(func() { do(def) })
		}
		return err
	})
}

// known are the connections, as far as the snapshot names them.
func (e *Editor) known() (known []connection.Definition) {
	for _, s := range e.agent.Snapshot().Sessions {
		known = append(known, connection.Definition{ID: s.ID, Name: s.Name})
	}
	return known
}
