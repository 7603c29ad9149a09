package limits

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"daypass/app/location"
)

// denied ends every policy.
const denied = `{"Effect":"Deny","Action":["admin:*"],"Resource":["arn:aws:s3:::*"]}]}`

func TestRule41_scopePolicy(t *testing.T) {
	tests := map[string]struct {
		scope Scope
		want  string
	}{
		"read a bucket": {
			Scope{Locations: []location.Location{{Bucket: "measurements"}}},
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::measurements/*"]},` +
				`{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:ListBucket"],"Resource":["arn:aws:s3:::measurements"]},` + denied,
		},
		"write below a prefix": {
			Scope{Locations: []location.Location{{Bucket: "lake", Prefix: "2026/"}, {Bucket: "lake", Prefix: "2025/"}}, Write: true},
			`{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:AbortMultipartUpload","s3:DeleteObject","s3:GetObject","s3:ListMultipartUploadParts","s3:PutObject"],` +
				`"Resource":["arn:aws:s3:::lake/2025/*","arn:aws:s3:::lake/2026/*"]},` +
				`{"Effect":"Allow","Action":["s3:GetBucketLocation"],"Resource":["arn:aws:s3:::lake"]},` +
				`{"Effect":"Allow","Action":["s3:ListBucket"],"Resource":["arn:aws:s3:::lake"],"Condition":{"StringLike":{"s3:prefix":["2025/*","2026/*"]}}},` + denied,
		},
	}
	for name, tt := range tests {
		if got, err := tt.scope.Policy(); err != nil || got != tt.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, tt.want)
		}
		const iam, sts = `{"Effect":"Deny","Action":["iam:*"],"Resource":["arn:aws:s3:::*"]}`, `{"Effect":"Deny","Action":["sts:*"],"Resource":["arn:aws:s3:::*"]}`
		other := strings.Replace(tt.want, denied, iam+","+sts+"]}", 1)
		if got, err := tt.scope.PolicyWithoutAdmin(); err != nil || got != other {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, other)
		}
		all := strings.TrimSuffix(tt.want, "]}") + "," + iam + "," + sts + "]}"
		if got, err := tt.scope.PolicyOfAnyAction(); err != nil || got != all {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, got, all)
		}
	}
}

// What is just outside a scope is returned.
func TestOutside_nextToScope(t *testing.T) {
	s := Scope{Locations: []location.Location{{Bucket: "lake", Prefix: "a/"}, {Bucket: "lake", Prefix: "b/"}, {Bucket: "whole"}, {Bucket: "whole", Prefix: "x/"}, {Bucket: "sea", Prefix: "c/"}}}
	if got := s.Outside(); !slices.Equal(got, []location.Location{{Bucket: "lake"}, {Bucket: "sea"}}) {
		t.Errorf("%v", got)
	}
	if !s.HasBucket("sea") || s.HasBucket("se") {
		t.Error("the buckets of the scope are others")
	}
}

// Scopes that would mean something else in a policy are refused.
func TestScope_refusesAmbiguous(t *testing.T) {
	for _, s := range []Scope{
		{},
		{Locations: []location.Location{{Bucket: "*"}}},
		{Locations: []location.Location{{Bucket: "lake", Prefix: "*/x"}}},
		{Locations: []location.Location{{Bucket: "lake", Prefix: "${aws:username}/"}}},
		{Locations: []location.Location{{Bucket: "lake/../other"}}},
		{Locations: []location.Location{{Bucket: "--lake"}}},
		{Locations: []location.Location{{Bucket: "lake", Prefix: "\xff"}}},
	} {
		var refused *ScopeError
		if text, err := s.Policy(); !errors.As(err, &refused) {
			t.Errorf("%+v: %q %v", s, text, err)
		}
	}
	long := Scope{}
	for range 10 {
		long.Locations = append(long.Locations, location.Location{Bucket: "lake", Prefix: strings.Repeat("é", 40) + string(rune('a'+len(long.Locations)))})
	}
	if _, err := long.Policy(); err == nil || !strings.Contains(err.Error(), "2048") {
		t.Errorf("too long: %v", err)
	}
}

func TestParseLocation_texts(t *testing.T) {
	for text, want := range map[string]location.Location{
		"lake": {Bucket: "lake"}, "s3://lake/a/b": {Bucket: "lake", Prefix: "a/b"}, "lake/": {Bucket: "lake"}, "lake//x": {Bucket: "lake", Prefix: "/x"},
		"lake/a ": {Bucket: "lake", Prefix: "a "}, // a shorter prefix would allow more
	} {
		if got, err := ParseLocation(text); err != nil || got != want {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
	if _, err := ParseLocation("s3://"); err == nil {
		t.Error("nothing is no place")
	}
}

func FuzzPolicyIsWhatItSays(f *testing.F) {
	f.Add("lake", "2026/", true)
	f.Add("a.b-c", `"},{"Effect":"Allow"`, false)
	f.Fuzz(func(t *testing.T, bucket, prefix string, write bool) {
		text, err := Scope{Locations: []location.Location{{Bucket: bucket, Prefix: prefix}}, Write: write}.Policy()
		if err != nil {
			return
		}
		var p policy
		if err := json.Unmarshal([]byte(text), &p); err != nil {
			t.Fatal(err)
		}
		for _, s := range p.Statement {
			for _, r := range s.Resource {
				if s.Effect == "Allow" && r != "arn:aws:s3:::"+bucket && r != "arn:aws:s3:::"+bucket+"/"+prefix+"*" {
					t.Fatalf("%q in %s", r, text)
				}
			}
		}
		if !write && (strings.Contains(text, "Put") || strings.Contains(text, "Delete")) && !strings.ContainsAny(bucket+prefix, "PD") {
			t.Fatalf("%s", text)
		}
	})
}
