package browser

import (
	"time"

	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/ui/present"
)

// LocalFile is a file or folder of this computer.
type LocalFile struct {
	Name     string
	Folder   bool
	Size     int64
	Modified time.Time
}

// LocalFileRow makes the line of a file of this computer.
func LocalFileRow(f LocalFile, now time.Time) EntryRow {
	row := EntryRow{Icon: present.FileIcon(f.Name), Folder: f.Folder, Name: present.Visible(f.Name)}
	row.Values = values(buckets.Entry{Folder: f.Folder, Size: f.Size, Modified: f.Modified}, now)
	if f.Folder {
		row.Icon = "folder"
	}
	return row
}

// PickLabel is the label of the button that takes what is selected.
func PickLabel(selected int) string {
	if selected == 0 {
		return messages.Text("browser.upload")
	}
	return messages.Plural("browser.upload.items", selected)
}
