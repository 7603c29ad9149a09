package browser

import (
	"context"

	"daypass/app/buckets/objects"
)

// once returns a change that is one request.
func once(do func(ctx context.Context) error) func(context.Context, func(objects.Result)) (objects.Result, error) {
	return func(ctx context.Context, _ func(objects.Result)) (objects.Result, error) {
		return objects.Result{}, do(ctx)
	}
}

// create asks for the name of a folder, or of a bucket, and makes it.
func (s *Server) create() {
	at := s.Listing.At()
	if at.Root() {
		s.c.view.AskText(AskNewBucket(), func(name string) {
			s.changes.begin(change{at: at, command: CommandNew, operation: "new-bucket", reveal: []string{name}, do: once(func(ctx context.Context) error {
				return s.Source.NewBucket(ctx, name)
			})})
		})
		return
	}
	s.c.view.AskText(AskNewFolder(at.URL()), func(name string) {
		s.changes.begin(change{at: at, command: CommandNew, operation: "new-folder", reveal: []string{at.Prefix + name + "/"}, do: once(func(ctx context.Context) error {
			return s.Source.NewFolder(ctx, at.Bucket, at.Prefix, name)
		})})
	})
}

// rename asks for another name of what is selected.
func (s *Server) rename() {
	e, ok := s.Selection.Single()
	if !ok {
		return
	}
	at, end := s.Listing.At(), ""
	if e.Folder {
		end = "/"
	}
	s.c.view.AskText(AskRename(e, s.Listing.Name(e)), func(name string) {
		s.move(change{at: at, command: CommandRename, operation: "rename", reveal: []string{at.Prefix + name + end}}, objects.CopyOptions{},
			func(ctx context.Context, o objects.CopyOptions) (objects.Result, error) {
				return s.Source.Rename(ctx, at.Bucket, e, name, o)
			})
	})
}
