package view

import (
	"fyne.io/fyne/v2"

	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// FilePicker is a sheet in which several files and folders of one folder of this computer are chosen.
type FilePicker struct {
	env   Env
	sheet *kit.Sheet
	path  *faultyEntry
	list  *kit.List
	yes   *kit.Button
	acts  PickerActs

	dir   string
	files []browser.LocalFile
	picks selection.Set
}

// PickerActs is what a FilePicker needs.
type PickerActs struct {
	// Go shows a folder; Up is the one above it, Enter one in it.
	Go    func(dir string)
	Up    func(dir string)
	Enter func(dir, name string)
	// Done gets the names that were chosen in a folder.
	Done func(dir string, names []string)
	// Left is called when the sheet is put away.
	Left func()
}

const (
	// pickerRows is how many files are in sight, where there is room.
	pickerRows = 11
	// pickerRest is the height of the sheet without them, and of what is left of the window around it.
	pickerRest = 56 * theme.Grid
)

// PickFiles asks for files and folders. What there is to choose from comes through Show.
func (w *Window) PickFiles(acts PickerActs) *FilePicker {
	sheet := w.env.Kit.NewWideSheet("Choose files and folders to upload")
	p := &FilePicker{env: w.env, sheet: sheet, acts: acts, path: newFaultyEntry(sheet, "Folder")}
	sheet.OnLeave = acts.Left
	p.path.OnSubmitted = func(dir string) { acts.Go(dir) }
	up := w.env.Kit.Button("Up", "", kit.Plain, func() { acts.Up(p.dir) })
	cells := newCells()
	p.list = kit.NewList(entryHeight, func() int { return len(p.files) }, func() kit.Row { return newEntryRow(cells, p.row) })
	p.list.Inset = theme.Medium
	p.list.OnPick, p.list.Marked = p.pick, p.picks.Has
	p.list.OnOpen = p.open
	p.list.OnKey = p.typed
	p.yes = w.env.Kit.Button(browser.PickLabel(0), "", kit.Primary, p.submit)
	no := w.env.Kit.Button("Cancel", "", kit.Plain, sheet.Leave)
	sheet.Add(p.path.object)
	rows := max(3, min(pickerRows, int((w.env.Kit.Canvas().Size().Height-pickerRest)/entryHeight)))
	sheet.Add(kit.Sized(p.list, 0, float32(rows)*entryHeight))
	p.yes.SetEnabled(false)
	sheet.Focus(p.list)
	sheet.Show(p.yes, up, no, p.yes)
	return p
}

// Show lists a folder; fault says why that cannot be done.
func (p *FilePicker) Show(dir string, files []browser.LocalFile, fault string) {
	if p.path.say(fault) {
		return
	}
	p.dir, p.files, p.picks = dir, files, selection.Set{}
	p.path.Put(dir)
	p.list.Reset(-1)
	p.chosen()
}

func (p *FilePicker) row(i int) browser.EntryRow {
	if i >= len(p.files) {
		return browser.EntryRow{}
	}
	return browser.LocalFileRow(p.files[i], p.env.Kit.Now())
}

func (p *FilePicker) pick(i int, how selection.How) {
	if i < len(p.files) {
		p.picks.Select(i, how)
		p.chosen()
	}
}

func (p *FilePicker) chosen() {
	p.yes.SetLabel(browser.PickLabel(p.picks.Len()))
	p.yes.SetEnabled(p.picks.Len() > 0)
	p.sheet.Fit()
}

// open goes into a folder, or takes a file.
func (p *FilePicker) open(i int) {
	if p.files[i].Folder {
		p.acts.Enter(p.dir, p.files[i].Name)
		return
	}
	p.pick(i, selection.Only)
	p.submit()
}

func (p *FilePicker) typed(key fyne.KeyName) bool {
	if key == fyne.KeyBackspace {
		p.acts.Up(p.dir)
	}
	return key == fyne.KeyBackspace
}

func (p *FilePicker) submit() {
	var names []string
	for i, f := range p.files {
		if p.picks.Has(i) {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		p.sheet.Leave()
		p.acts.Done(p.dir, names)
	}
}
