package servers

import (
	"context"
	"encoding/json"
	"net/url"
	"os"
	"os/exec"

	"golang.org/x/crypto/bcrypt"

	"daypass/sandbox/process"
)

// The client IDs that Dex knows: one for each way in which MinIO finds a policy.
const (
	ClaimClient = "daypass"
	RoleClient  = "daypass-role"
)

// StartDex starts Dex, at the same address as before. It has forgotten what it knew: its keys are
// new and no refresh token is valid any more. It does nothing where Dex runs.
func (s *Sandbox) StartDex(ctx context.Context) error {
	if s.dex != nil {
		return nil
	}
	s.options.Progress("Starting Dex at " + s.Issuer)
	config, err := s.dexConfig()
	if err != nil {
		return err
	}
	file := s.path("dex.json")
	if err := os.WriteFile(file, config, 0o600); err != nil {
		return err
	}
	if s.dex, err = process.Run(exec.Command(s.program("dex"), "serve", file), s.path("dex.log")); err != nil {
		return err
	}
	return s.dex.Ready(ctx, s.Issuer+"/.well-known/openid-configuration")
}

// StopDex stops Dex. It does nothing where Dex does not run.
func (s *Sandbox) StopDex() error {
	p := s.dex
	s.dex = nil
	return p.Stop()
}

// dexConfig is Dex's configuration, in JSON, which is YAML too.
func (s *Sandbox) dexConfig() ([]byte, error) {
	u, err := url.Parse(s.Issuer)
	if err != nil {
		return nil, err
	}
	listen := s.options.DexListen
	if listen == "" {
		listen = u.Host
	}
	people, err := dexPeople(append(Users(), s.options.More...))
	if err != nil {
		return nil, err
	}
	return json.MarshalIndent(map[string]any{
		"issuer":  s.Issuer,
		"storage": map[string]any{"type": "memory"},
		"web":     map[string]any{"http": listen},
		"oauth2":  map[string]any{"skipApprovalScreen": true},
		"expiry":  map[string]any{"idTokens": s.options.IDTokenLife.String(), "refreshTokens": map[string]any{"reuseInterval": "3s"}},
		// Public and without redirect URIs: any loopback port and path is then allowed.
		"staticClients": []any{
			map[string]any{"id": ClaimClient, "name": "Daypass", "public": true},
			map[string]any{"id": RoleClient, "name": "Daypass (role)", "public": true},
		},
		"enablePasswordDB": true,
		"staticPasswords":  people,
	}, "", "  ")
}

func dexPeople(all []User) ([]map[string]any, error) {
	var people []map[string]any
	for _, u := range all {
		hash, err := bcrypt.GenerateFromPassword([]byte(u.Password), bcrypt.DefaultCost) // Dex refuses a cheaper one
		if err != nil {
			return nil, err
		}
		people = append(people, map[string]any{
			"email": u.Email, "hash": string(hash), "username": u.Name, "name": u.Name,
			"userID": u.Email, "groups": []string{u.Policy},
		})
	}
	return people, nil
}
