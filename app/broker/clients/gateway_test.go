package clients

import (
	"errors"
	"fmt"
	"strings"
	"testing"
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
