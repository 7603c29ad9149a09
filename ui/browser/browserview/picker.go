package browserview

import (
	"fyne.io/fyne/v2"

	"daypass/app/messages"
	"daypass/ui/browser"
	"daypass/ui/kit"
	"daypass/ui/selection"
	"daypass/ui/theme"
)

// filePicker is a sheet in which several files and folders of one folder of this computer are selected.
type filePicker struct {
	kit   *kit.Kit
	sheet *kit.Sheet
	path  *checkedEntry
	list  *kit.List
	yes   *kit.Button
	to    browser.FilePicker

	dir      string
	files    []browser.LocalFile
	selected selection.Set
}

const (
	// pickerRows is how many files are in sight, where there is room.
	pickerRows = 11
	// pickerRest is the height of the sheet without them, and of what is left of the window around it.
	pickerRest = 56 * theme.Grid
)

// PickFiles implements browser.Dialogs.
func (d *dialogs) PickFiles(to browser.FilePicker) (show func(dir string, files []browser.LocalFile, invalid string)) {
	sheet := d.kit.NewWideSheet(messages.Text("browser.pick.title"))
	p := &filePicker{kit: d.kit, sheet: sheet, to: to, path: newCheckedEntry(sheet, "pick.folder", messages.Text("browser.folder"))}
	sheet.OnLeave = to.Left
	p.path.OnSubmitted = func(dir string) { to.Go(dir) }
	up := d.kit.Button("pick.up", messages.Text("browser.up"), "", kit.Plain, func() { to.Up(p.dir) })
	cells := newCells()
	p.list = kit.NewList(messages.Text("browser.list.name"), entryHeight(), func() int { return len(p.files) }, func() kit.Row { return newEntryRow(cells, p.row) })
	p.list.Inset = theme.Medium
	p.list.OnPick, p.list.Marked = p.pick, func(i int) bool { return p.selected.Has(i) }
	p.list.OnOpen = p.open
	p.list.OnKey = p.typed
	p.yes = d.kit.Button("pick.upload", browser.PickLabel(0), "", kit.Primary, p.submit)
	no := d.kit.Button(kit.ConfirmID("cancel"), messages.Text("common.cancel"), "", kit.Plain, sheet.Leave)
	sheet.Add(p.path.object)
	rows := max(3, min(pickerRows, int((d.kit.Canvas().Size().Height-pickerRest)/entryHeight())))
	sheet.Add(kit.Sized(p.list, 0, float32(rows)*entryHeight()))
	p.yes.SetEnabled(false)
	sheet.Focus(p.list)
	sheet.Show(p.yes, up, no, p.yes)
	return p.show
}

// show lists a folder; invalid says why that cannot be done.
func (p *filePicker) show(dir string, files []browser.LocalFile, invalid string) {
	if p.path.say(invalid) {
		return
	}
	p.dir, p.files, p.selected = dir, files, selection.Set{}
	p.path.Put(dir)
	p.list.Reset(-1)
	p.render()
}

func (p *filePicker) row(i int) browser.EntryRow {
	if i >= len(p.files) {
		return browser.EntryRow{}
	}
	return browser.LocalFileRow(p.files[i], p.kit.Now())
}

func (p *filePicker) pick(i int, how selection.How) {
	if i < len(p.files) {
		p.selected.Select(i, how)
		p.render()
	}
}

func (p *filePicker) render() {
	p.yes.SetLabel(browser.PickLabel(p.selected.Len()))
	p.yes.SetEnabled(p.selected.Len() > 0)
	p.sheet.Fit()
}

// open goes into a folder, or takes a file.
func (p *filePicker) open(i int) {
	if p.files[i].Folder {
		p.to.Enter(p.dir, p.files[i].Name)
		return
	}
	p.pick(i, selection.Only)
	p.submit()
}

func (p *filePicker) typed(key fyne.KeyName) bool {
	if key == fyne.KeyBackspace {
		p.to.Up(p.dir)
	}
	return key == fyne.KeyBackspace
}

func (p *filePicker) submit() {
	var names []string
	for i, f := range p.files {
		if p.selected.Has(i) {
			names = append(names, f.Name)
		}
	}
	if len(names) > 0 {
		p.sheet.Leave()
		p.to.Done(p.dir, names)
	}
}
