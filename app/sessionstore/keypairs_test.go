package sessionstore_test

import (
	"reflect"
	"strings"
	"testing"

	"daypass/app/keypairs"
	"daypass/app/limits"
	"daypass/app/location"
	"daypass/app/sessionstore"
	"daypass/auth/secret"
)

// Key pairs of the gateway are read as they were stored.
func TestEncode_keyPairs(t *testing.T) {
	r := record()
	r.KeyPairs = &keypairs.Set{Port: 21000, Pairs: []keypairs.Pair{
		{Name: "restic", Since: monday, AccessKeyID: "DAYPASS1", SecretAccessKey: secret.New("s1")},
		{
			Name: "s3cmd", Since: monday, Paused: true, AccessKeyID: "DAYPASS2", SecretAccessKey: secret.New("s2"),
			Scope: &limits.Scope{Locations: []location.Location{{Bucket: "lake", Prefix: "a/"}}, Write: true},
		},
	}}
	entry, err := sessionstore.Encode(r, definition(), monday)
	if err != nil {
		t.Fatal(err)
	}
	const first = `"key_pairs":{"port":21000,"pairs":[{"name":"restic","since":"2026-03-02T09:00:00Z","access_key_id":"DAYPASS1","secret_access_key":"s1"},`
	if !strings.Contains(string(entry), first) {
		t.Errorf("%s", entry)
	}
	got, ok := sessionstore.Decode(entry, definition(), monday)
	if !ok || !reflect.DeepEqual(got.KeyPairs, r.KeyPairs) {
		t.Errorf("%+v", got.KeyPairs)
	}
}
