package details

import (
	"context"

	"daypass/app/buckets/objects"
)

// EditTags asks for other tags, and saves them.
func (c *Controller) EditTags() {
	s := c.state
	if s.Storage == nil || !s.HasTags {
		return
	}
	c.view.AskTags(TagLines(s.Tags), func(lines string) {
		tags, _ := ParseTags(lines)
		c.deps.Host.Change(s.Storage, SaveTags, func(ctx context.Context) error {
			return s.Storage.Source.SetTags(ctx, s.Ref, tags)
		})
	})
}

// Version does something to a version.
func (c *Controller) Version(ref objects.Ref, action VersionAction) {
	s := c.state.Storage
	if s == nil {
		return
	}
	switch action {
	case DownloadOne:
		c.deps.Host.Download(ref)
	case RestoreOne:
		c.deps.Host.Change(s, RestoreVersion, func(ctx context.Context) error { return s.Source.Restore(ctx, ref) })
	case DeleteOne:
		c.view.Confirm(askDeleteVersion(ref), func() {
			c.deps.Host.Change(s, DeleteVersion, func(ctx context.Context) error { return s.Source.DeleteVersion(ctx, ref) })
		})
	}
}
