package ui

import (
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	fynestorage "fyne.io/fyne/v2/storage"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/ui/connections"
	"daypass/ui/connections/connectionsview"
	"daypass/ui/kit"
	"daypass/ui/present"
	"daypass/ui/view"
)

// connectionsScreen is the window as the editor of connections sees it.
type connectionsScreen struct{ u *Window }

func (s connectionsScreen) newWelcome() view.Screen {
	u := s.u
	u.editor.Search()
	return &screen[connections.Welcome]{view: connectionsview.NewWelcome(u.kit, u.editor), model: u.editor.Welcome}
}

// form returns the form, which is made when it is first shown and keeps what is typed.
func (s connectionsScreen) form() *connectionsview.Form {
	if s.u.form == nil {
		s.u.form = connectionsview.NewForm(s.u.kit, s.u.editor)
	}
	return s.u.form
}

// ShowForm implements connections.Window.
func (s connectionsScreen) ShowForm(form connections.Form) {
	s.u.input.Screen = present.ShowForm
	s.form().Fill(form)
	s.u.render()
	s.form().Focus()
}

// ShowError implements connections.Window.
func (s connectionsScreen) ShowError(field, reason string) { s.form().ShowError(field, reason) }

// FormShown implements connections.Window.
func (s connectionsScreen) FormShown() bool { return s.u.input.Screen == present.ShowForm }

// Select implements connections.Window.
func (s connectionsScreen) Select(id string) { s.u.showSession(id) }

// ChooseFile implements connections.Window.
func (s connectionsScreen) ChooseFile(chosen func(path string)) {
	extensions := []string{connection.Extension, ".cyberduckprofile", ".duck", ".json", ".conf", ".ini", ".s3cfg", ""}
	s.openFile(messages.Text("window.choose.connection-file"), extensions, chosen)
}

// ChooseCertificates implements connections.Window.
func (s connectionsScreen) ChooseCertificates(chosen func(path string)) {
	s.openFile(messages.Text("window.choose.certificates"), []string{".pem", ".crt", ".cer"}, chosen)
}

// ChooseFolder implements connections.Window.
func (s connectionsScreen) ChooseFolder(yes string, chosen func(path string)) {
	s.u.Chooser.Folder(yes, s.u.Downloads, chosen)
}

// ShowCode implements connections.Window.
func (s connectionsScreen) ShowCode(c connections.Code) { connectionsview.ShowCode(s.u.kit, c) }

// ShowProbe implements connections.Window.
func (s connectionsScreen) ShowProbe(p connections.Probe) {
	if s.u.probe == nil {
		s.u.probe = connectionsview.NewProbe(s.u.kit, s.u.editor)
	}
	s.u.probe.Render(p)
}

// HideProbe implements connections.Window.
func (s connectionsScreen) HideProbe() {
	if s.u.probe != nil {
		s.u.probe.Hide()
	}
}

// ShowFound implements connections.Window.
func (s connectionsScreen) ShowFound(f connections.Found) {
	s.u.found = connectionsview.NewFound(s.u.kit, s.u.editor)
	s.u.found.Show(f)
}

// HideFound implements connections.Window.
func (s connectionsScreen) HideFound() { s.u.found.Hide() }

// Refresh implements connections.Window.
func (s connectionsScreen) Refresh() { s.u.render() }

// openFile has the user choose a file whose name ends in one of the extensions.
func (s connectionsScreen) openFile(title string, extensions []string, chosen func(path string)) {
	d := dialog.NewFileOpen(func(file fyne.URIReadCloser, err error) {
		if err != nil || file == nil {
			return
		}
		_ = file.Close()
		chosen(filepath.FromSlash(file.URI().Path()))
	}, s.u.window)
	d.SetTitleText(title)
	d.SetFilter(fynestorage.NewExtensionFileFilter(extensions))
	d.Show()
}

// Leave implements connections.Window.
func (s connectionsScreen) Leave() { s.u.show(present.ShowSession) }

// Ask implements connections.Window.
func (s connectionsScreen) Ask(q connections.Question, yes func()) {
	s.u.kit.Ask(kit.Question{ID: q.ID, Title: q.Title, Text: q.Text, Yes: q.Yes, Do: yes})
}

// Tell implements connections.Window.
func (s connectionsScreen) Tell(title, text string) { s.u.kit.Tell(title, text) }
