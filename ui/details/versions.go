package details

import (
	"strings"
	"time"

	"daypass/app/buckets/objects"
	"daypass/app/messages"
	"daypass/ui/present"
)

// VersionRow is one version of an object.
type VersionRow struct {
	Ref         objects.Ref
	When, Text  string
	Latest      bool
	Deleted     bool
	CanDownload bool
	CanRestore  bool
	// NoRestore and NoDelete are why the server does not allow that; empty where it may.
	NoRestore, NoDelete string
}

// VersionAction is what a button does to a version.
type VersionAction string

// The actions on a version.
const (
	DownloadOne VersionAction = "download"
	RestoreOne  VersionAction = "restore"
	DeleteOne   VersionAction = "delete"
)

func (m *Model) versions(s State, now time.Time) {
	if !s.HasVersions {
		m.loading(s, "details.loading.versions")
		return
	}
	for _, v := range s.Versions {
		row := VersionRow{
			Ref: v.Ref, When: present.Moment(v.Modified, now), Text: present.Bytes(v.Size), Latest: v.Latest, Deleted: v.DeleteMarker,
			CanDownload: !v.DeleteMarker, CanRestore: !v.Latest && !v.DeleteMarker,
			NoRestore: s.denial(RestoreVersion), NoDelete: s.denial(DeleteVersion),
		}
		if v.DeleteMarker {
			row.Text = messages.Text("details.version.deleted")
		}
		if v.Latest {
			row.Text = present.Facts(row.Text, messages.Text("details.version.current"))
		}
		m.Versions = append(m.Versions, row)
	}
	switch {
	case s.More:
		m.Foot = messages.Text("details.versions.more")
	case len(s.Versions) == 1 && s.Versions[0].Version == "null":
		m.Foot = messages.Text("details.versions.unversioned")
	case len(s.Versions) == 1:
		m.Foot = messages.Text("details.versions.none")
	}
}

func askDeleteVersion(ref objects.Ref) present.Question {
	name := ref.Key[strings.LastIndex(ref.Key, "/")+1:]
	return present.Question{
		ID: "delete-version", Title: messages.Text("details.delete-version.title", messages.Args{"Name": present.Visible(name)}),
		Text: messages.Text("details.delete-version.text"), Yes: messages.Text("details.delete-version.yes"),
	}
}
