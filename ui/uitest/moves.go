package uitest

import (
	"time"

	"daypass/app"
	"daypass/app/location"
)

// Moving is a download under way.
func Moving() app.Transfer {
	return app.Transfer{
		ID: "1", Connection: "research-lake", Direction: app.Download, Location: location.Location{Bucket: "measurements", Prefix: "2026/"}, Folder: "/home/ada/Downloads",
		Title: "readings.parquet", Phase: app.TransferRunning, Files: 1,
		Progress:  app.Progress{Done: 7_564_000, Size: 12_400_000, Speed: 1_240_000, Remaining: app.Seconds(4)},
		StartedAt: Now.Add(-6 * time.Second),
	}
}

// Transfers are transfers in every phase, the oldest first.
func Transfers() app.TransferList {
	done := Moving()
	done.ID, done.Phase, done.Title, done.Done, done.Progress = "2", app.TransferDone, "stations.json", 1, app.Progress{Done: 814, Size: 814}
	failed := Moving()
	failed.ID, failed.Phase, failed.Direction, failed.Title, failed.More, failed.Files, failed.Done, failed.Failed = "3", app.TransferFailed, app.Upload, "photos", 2, 120, 118, 2
	failed.Progress = app.Progress{Done: 812_000_000, Size: 840_000_000}
	failed.Failures = []app.FileFailure{
		{Name: "photos/tent/2026-03-01 evening.jpg", Problem: app.Problem{Title: "It cannot be read", Detail: "You have no permission to read this file."}},
		{Name: "photos/line\nbreak.jpg", Problem: app.Problem{Title: "Changed during the upload", Detail: "Another program changed the file while it was being uploaded, so nothing was stored."}},
	}
	waiting := Moving()
	waiting.ID, waiting.Phase, waiting.Title, waiting.Files, waiting.Done = "4", app.TransferWaiting, "climate-models", 4210, 1023
	waiting.Progress = app.Progress{Done: 18_000_000_000, Size: 92_000_000_000}
	waiting.Problem = &app.Problem{Title: "The storage server cannot be reached"}
	paused := Moving()
	paused.ID, paused.Phase, paused.Title = "5", app.TransferPaused, "x-archive.tar.zst"
	paused.Progress = app.Progress{Done: 20_000_000_000, Size: 81_204_500_123}
	counting := Moving()
	counting.ID, counting.Direction, counting.Title, counting.Counting, counting.Files, counting.Done = "6", app.Upload, "simulation-runs", true, 12_408, 310
	counting.Progress = app.Progress{Done: 412_000_000, Size: 9_120_000_000, Speed: 48_200_000}
	queued := Moving()
	queued.ID, queued.Phase, queued.Title, queued.Progress = "7", app.TransferQueued, "site-photo.jpg", app.Progress{Size: 3_812_004}
	canceled := Moving()
	canceled.ID, canceled.Phase, canceled.Title = "8", app.TransferCanceled, "calibration-2026-03-04T09-12-00Z.csv"
	list := app.TransferList{Revision: 1, Transfers: []app.Transfer{done, canceled, failed, waiting, paused, queued, counting, Moving()}}
	list.Total = app.Progress{Done: 38_412_000_000, Size: 182_000_000_000, Speed: 49_440_000, Remaining: app.Seconds(2904)}
	return list
}

// Asking is a transfer that waits for an answer.
func Asking() app.TransferList {
	t := Moving()
	t.Phase, t.Files, t.Title, t.More = app.TransferAsking, 12, "README.md", 11
	t.Question = &app.Question{
		ID: "q1", Name: "README.md", Target: "/home/ada/Downloads/README.md", Waiting: 3,
		Existing: app.FileInfo{Size: 2042, Modified: Now.Add(-26 * time.Hour)}, Incoming: app.FileInfo{Size: 2100, Modified: Now.Add(-2 * time.Hour)},
	}
	return app.TransferList{Revision: 1, Transfers: []app.Transfer{t}, Total: t.Progress}
}

// Copying is a move to another connection under way.
func Copying() app.TransferList {
	copied := Moving()
	copied.ID, copied.Direction, copied.Folder, copied.Title, copied.Move = "9", app.Copy, "", "stations", true
	copied.To = &app.TransferTarget{Connection: "archive", Location: location.Location{Bucket: "old", Prefix: "2026/"}}
	copied.Progress, copied.Files, copied.Done = app.Progress{Done: 210_000_000, Size: 640_000_000, Speed: 31_000_000, Remaining: app.Seconds(14)}, 300, 98
	return app.TransferList{Revision: 1, Transfers: []app.Transfer{copied}, Total: copied.Progress}
}
