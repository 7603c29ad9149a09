package browser

import (
	"os"

	"daypass/app"
	"daypass/app/buckets/objects"
	"daypass/app/location"
	"daypass/app/messages"
)

// What is chosen in a dialog goes where the user was when it opened, wherever they are when it closes.

func (s *Server) uploadFiles() {
	at := s.Listing.At()
	s.c.deps.Chooser.Files(func(paths []string) { s.upload(at, paths) })
}

func (s *Server) uploadFolder() {
	at := s.Listing.At()
	s.c.deps.Chooser.Folder(messages.Text("browser.upload-folder.yes"), "", func(path string) { s.upload(at, []string{path}) })
}

// upload uploads files and folders to a location.
func (s *Server) upload(at location.Location, paths []string) {
	s.c.deps.Transfers.Upload(s.ID, at.Bucket, at.Prefix, paths)
}

// Drop uploads files and folders that were dropped on the window: into the folder of the row below the pointer, where
// that is known, or into the one on screen.
func (c *Controller) Drop(paths []string, pointerKnown bool) {
	s := c.Shown()
	if s == nil {
		return
	}
	at, row := s.Listing.At(), c.view.DropTarget()
	if pointerKnown && row >= 0 && row < s.Listing.Len() && s.Listing.Entry(row).Folder {
		at = s.location(s.Listing.Entry(row))
	}
	s.upload(at, paths)
}

// downloadSelected downloads what is selected to a folder that the user is asked for.
func (s *Server) downloadSelected() {
	at, selected := s.Listing.At(), s.objects()
	if len(selected) == 0 {
		return
	}
	if at.Root() {
		at = location.Location{Bucket: s.Selection.Entries()[0].Key}
	}
	s.c.toFolder(func(folder string) { s.download(at, selected, folder) })
}

// download downloads objects and folders of a location to a folder of this computer, which is remembered.
func (s *Server) download(at location.Location, all []app.TransferObject, folder string) {
	if len(all) > 0 && folder != "" {
		s.c.deps.Bookmarks.SetFolder(s.ID, folder)
		s.c.deps.Transfers.Download(s.ID, at.Bucket, at.Prefix, all, folder)
	}
}

// downloadVersion downloads a version of an object.
func (s *Server) downloadVersion(ref objects.Ref) {
	s.c.toFolder(func(folder string) {
		s.c.deps.Transfers.Start(app.TransferRequest{
			Connection: s.ID, Direction: app.Download, Location: location.Location{Bucket: ref.Bucket, Prefix: folderOf(ref.Key)}, Folder: folder,
			Objects: []app.TransferObject{{Key: ref.Key, VersionID: ref.Version}}, Conflicts: app.Ask,
		})
	})
}

// toFolder calls done with the folder on this computer that a download goes to: the one for downloads, or the one that
// the user chooses.
func (c *Controller) toFolder(done func(folder string)) {
	d := c.deps
	if info, err := os.Stat(d.Downloads); err == nil && info.IsDir() && !d.Agent.Snapshot().Settings.AskDownloads {
		done(d.Downloads)
		return
	}
	d.Chooser.Folder(messages.Text("browser.download-here"), d.Bookmarks.Folder(c.shown), done)
}
