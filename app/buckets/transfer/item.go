package transfer

import (
	"sync/atomic"
	"time"

	"daypass/app"
	"daypass/app/buckets/transfer/disk"
	"daypass/app/buckets/transfer/remote"
)

// item is one file to move, or one folder to make.
type item struct {
	// id names the item in the journal: a key, or a local path.
	id string
	// name is what a user sees: the path below the transfer's folder, with "/" between folders.
	name string
	// key is the object.
	key, version string
	// local is the file, as a path below the target or the source.
	local string
	// source is where an upload comes from.
	source *disk.Source
	// folder is true for a folder that is made, or an object that stands for one.
	folder bool
	// size in bytes, -1 where it is not known yet.
	size     int64
	modified time.Time

	// moved counts the bytes that are there; the transfer's speed is seen by it.
	moved atomic.Int64
	// metadata is that of an object that is copied; nil for a file.
	metadata *remote.Metadata
	// conflict is the question the item is parked with.
	conflict *conflict
	// seen is what the last update by moved has shown.
	seen speed
}

// conflict is an error: the target has something by that name, and nobody has said what to do.
type conflict struct {
	target             string
	folder             bool
	existing, incoming app.FileInfo
}

// Error implements error.
func (c *conflict) Error() string { return "there is something by that name already" }

// described describes the item itself.
func (it *item) described() app.FileInfo { return app.FileInfo{Size: it.size, Modified: it.modified} }
