package objects

import (
	"context"
	"slices"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/tags"

	"daypass/app/buckets"
	"daypass/app/messages"
	"daypass/auth/safetext"
)

// Tag is one of at most ten tags of an object.
type Tag struct{ Name, Value string }

// Tags asks for the tags of an object, by name.
func (s *Store) Tags(ctx context.Context, r Ref) ([]Tag, error) {
	found, err := s.client.Core().GetObjectTagging(ctx, r.Bucket, r.Key, minio.GetObjectTaggingOptions{VersionID: r.Version})
	if minio.ToErrorResponse(err).Code == "NoSuchTagSet" {
		return nil, nil
	}
	if err != nil {
		return nil, s.client.Explain(err, r.operation("tags", "s3:GetObjectTagging"))
	}
	var all []Tag
	for name, value := range found.ToMap() {
		all = append(all, Tag{name, value})
	}
	slices.SortFunc(all, func(x, y Tag) int { return strings.Compare(x.Name, y.Name) })
	return all, nil
}

// SetTags replaces the tags of an object by these.
func (s *Store) SetTags(ctx context.Context, r Ref, all []Tag) error {
	op := r.operation("change-tags", "s3:PutObjectTagging")
	set := map[string]string{}
	for _, t := range all {
		if _, twice := set[t.Name]; twice {
			twice := messages.Message{ID: "problem.reason.tag-twice", Args: map[string]string{"Name": safetext.Name(t.Name)}}
			return s.client.Explain(&buckets.OwnError{Code: "InvalidTag", Reason: twice}, op)
		}
		set[t.Name] = t.Value
	}
	if len(set) == 0 {
		op.Action = "s3:DeleteObjectTagging"
		err := s.client.Core().RemoveObjectTagging(ctx, r.Bucket, r.Key, minio.RemoveObjectTaggingOptions{VersionID: r.Version})
		return s.client.Explain(err, op)
	}
	for _, t := range all {
		if _, err := tags.NewTags(map[string]string{t.Name: t.Value}, true); err != nil {
			reason := messages.Message{ID: "problem.reason.tag-invalid", Args: map[string]string{"Name": safetext.Name(t.Name)}}
			return s.client.Explain(&buckets.OwnError{Code: "InvalidTag", Reason: reason}, op)
		}
	}
	wanted, err := tags.NewTags(set, true)
	if err != nil {
		return s.client.Explain(&buckets.OwnError{Code: "InvalidTag"}, op) // there are too many, which its words say
	}
	err = s.client.Core().PutObjectTagging(ctx, r.Bucket, r.Key, wanted, minio.PutObjectTaggingOptions{VersionID: r.Version})
	return s.client.Explain(err, op)
}
