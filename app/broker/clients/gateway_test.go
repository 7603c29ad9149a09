package clients

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"daypass/app/agent/quick"
	"daypass/app/limits"
	"daypass/app/location"
)

// Each client has a key pair of its own, which is printed nowhere and ends with it.
func TestGateway_keyPairs(t *testing.T) {
	l := New()
	one, pair, err := l.AddGateway("lake", NewClient{Name: "kopia"})
	if err != nil {
		t.Fatal(err)
	}
	_, other, err := l.AddGateway("lake", NewClient{Name: "s3cmd"})
	if err != nil {
		t.Fatal(err)
	}
	text := pair.SecretAccessKey.Reveal()
	if len(pair.AccessKeyID) != 20 || len(text) != 40 || pair.AccessKeyID == other.AccessKeyID || pair.SecretAccessKey.Equal(other.SecretAccessKey) {
		t.Errorf("%+v %d %+v", pair, len(text), other)
	}
	if strings.Trim(text+pair.AccessKeyID, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") != "" {
		t.Error("there is a character that a shell or a file may change")
	}
	if shown := fmt.Sprintf("%+v %#v", pair, l.all[0]); strings.Contains(shown, text) {
		t.Error(shown)
	}
	got, key, err := l.ByAccessKey(pair.AccessKeyID)
	if err != nil || got.ID != one.ID || !key.Equal(pair.SecretAccessKey) {
		t.Errorf("%+v %v", got, err)
	}
	if l.Tokens() != 0 {
		t.Error("a key pair counts as a token")
	}
	l.NoteTraffic(one.ID, 3, 4)
	l.NoteTraffic(one.ID, 1, 1)
	if c := l.Of("lake"); c[0].Sent+c[1].Sent != 4 || c[0].Received+c[1].Received != 5 {
		t.Errorf("%+v", c)
	}
	if err := l.Revoke(one.ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{pair.AccessKeyID, "", "DAYPASS"} {
		if _, _, err := l.ByAccessKey(id); !errors.Is(err, ErrUnknown) {
			t.Errorf("%q: %v", id, err)
		}
	}
	if _, err := l.ByToken(""); !errors.Is(err, ErrUnknown) {
		t.Errorf("an empty token: %v", err)
	}
}

// A program of one name and with the same limits has one key pair; what is stored of it makes it again.
func TestGateway_pairOfAProgramStays(t *testing.T) {
	l := New()
	limited := NewClient{Name: "restic", Scope: &limits.Scope{Locations: []location.Location{{Bucket: "lake"}}}}
	for _, n := range []NewClient{{Name: "restic"}, limited, {Name: quick.Unnamed}} {
		if _, _, err := l.AddGateway("lake", n); err != nil {
			t.Fatal(err)
		}
	}
	_, pair, known := l.Gateway("lake", NewClient{Name: "restic"})
	other := limited
	other.Scope = &limits.Scope{Locations: []location.Location{{Bucket: "lake"}}, Write: true}
	for name, n := range map[string]NewClient{"other limits": other, "other program": {Name: "s3cmd"}, "no name": {Name: quick.Unnamed}} {
		if _, _, known := l.Gateway("lake", n); known {
			t.Error(name)
		}
	}
	if _, _, elsewhere := l.Gateway("pond", NewClient{Name: "restic"}); elsewhere || !known {
		t.Errorf("known %t, elsewhere %t", known, elsewhere)
	}
	if err := l.Pause(pair.Client, true); err != nil {
		t.Fatal(err)
	}
	stored, next := l.KeyPairs("lake"), New()
	for _, p := range stored {
		if _, err := next.RestoreGateway("lake", p); err != nil {
			t.Fatal(err)
		}
	}
	c, key, err := next.ByAccessKey(pair.AccessKeyID)
	if err != nil || !key.Equal(pair.SecretAccessKey) || !c.Paused || c.Name != "restic" || !reflect.DeepEqual(next.KeyPairs("lake"), stored) || len(stored) != 3 {
		t.Errorf("%+v %v", c, err)
	}
}
