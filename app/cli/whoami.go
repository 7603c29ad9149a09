package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"daypass/app"
	"daypass/app/columns"
	"daypass/app/connection"
	"daypass/app/doctor"
	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/stsclient"
)

// whoIs is what is known of a session's user; its JSON is that of whoami --json.
type whoIs struct {
	Connection string    `json:"connection"`
	User       string    `json:"user"`
	Issuer     string    `json:"issuer"`
	Endpoint   string    `json:"endpoint"`
	ExpiresAt  time.Time `json:"expires_at"`
	// RoleARN is the role that was assumed; empty where the server goes by claims.
	RoleARN string `json:"role_arn,omitempty"`
	// Policies and Groups are those in the session token, where it can be read as that of MinIO: which claim names the
	// policies is set on the server. Limited says that the connection's own policy limits them.
	Policies []string `json:"policies,omitempty"`
	Groups   []string `json:"groups,omitempty"`
	Limited  bool     `json:"limited,omitempty"`
	// Account, ARN and UserID are the server's answer to GetCallerIdentity, where it has one.
	Account string `json:"account,omitempty"`
	ARN     string `json:"arn,omitempty"`
	UserID  string `json:"user_id,omitempty"`
}

// whoamiCommand is “daypass whoami”.
type whoamiCommand struct {
	*program
	asJSON bool
}

func (p *program) whoamiCommand() *cobra.Command {
	w := &whoamiCommand{program: p}
	cmd := &cobra.Command{
		Use: "whoami [NAME]", Args: arguments(0, 1), RunE: p.withCore(w.run),
	}
	cmd.Flags().BoolVar(&w.asJSON, "json", false, "")
	completeNames(cmd)
	return cmd
}

// run prints who is signed in to the connection that is named, or to all that have credentials.
func (w *whoamiCommand) run(ctx context.Context, core app.Core, names []string) error {
	sessions, err := sessionsNamed(ctx, core, names)
	if err != nil {
		return err
	}
	if len(names) == 0 {
		sessions = slices.DeleteFunc(slices.Clone(sessions), func(s app.Session) bool { return !s.HasCredentials(time.Now()) })
	}
	if len(sessions) == 0 {
		return app.ErrNoCredentials
	}
	for i, s := range sessions {
		if err := w.of(ctx, core, s, i > 0); err != nil {
			return err
		}
	}
	return nil
}

// of prints who is signed in to one. What the STS alone knows is left out where it does not answer, and why is
// printed.
func (w *whoamiCommand) of(ctx context.Context, core app.Core, s app.Session, another bool) error {
	def, err := core.Connection(ctx, s.ID)
	if err != nil {
		return err
	}
	keys, err := core.Credentials(ctx, s.ID)
	if err != nil {
		return err
	}
	claims := doctor.ReadClaims(keys.SessionToken)
	who := whoIs{
		Connection: s.Name, User: s.Identity, Issuer: s.Issuer, Endpoint: s.Endpoint, ExpiresAt: keys.ExpiresAt,
		RoleARN: def.RoleARN(), Policies: namesIn(claims["policy"]), Groups: namesIn(claims["groups"]), Limited: def.Keys.Policy != "",
	}
	caller, err := callerIdentity(ctx, def, keys)
	who.Account, who.ARN, who.UserID = caller.Account, caller.ARN, caller.UserID
	if err != nil && !errors.Is(err, stsclient.ErrNoCallerIdentity) {
		w.say(problemText(failure.Of(err, def).Problem))
	}
	if w.asJSON {
		out := json.NewEncoder(w.stdout)
		out.SetIndent("", "  ")
		return out.Encode(who)
	}
	if another {
		fmt.Fprintln(w.stdout)
	}
	return columns.Write(w.stdout, "", columnGap, who.rows(time.Now()))
}

// callerTimeout bounds the question to the STS.
const callerTimeout = 10 * time.Second

func callerIdentity(ctx context.Context, def connection.Definition, keys app.Credentials) (stsclient.CallerIdentity, error) {
	endpoint := def.STSEndpoint
	if endpoint == "" {
		endpoint = def.Endpoint
	}
	client, err := stsclient.New(stsclient.Config{Endpoint: endpoint, CAFile: def.CAFile})
	if err != nil {
		return stsclient.CallerIdentity{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, callerTimeout)
	defer cancel()
	return client.CallerIdentity(ctx, stsclient.Credentials{
		AccessKeyID: keys.AccessKeyID, SecretAccessKey: keys.SecretAccessKey, SessionToken: keys.SessionToken, Expiration: keys.ExpiresAt,
	}, def.Region)
}

// namesIn returns the names in a claim: a list of them, or a text that commas divide.
func namesIn(claim any) (names []string) {
	listed, _ := claim.([]any)
	if text, ok := claim.(string); ok {
		for name := range strings.SplitSeq(text, ",") {
			listed = append(listed, name)
		}
	}
	for _, item := range listed {
		if name, ok := item.(string); ok && strings.TrimSpace(name) != "" {
			names = append(names, strings.TrimSpace(name))
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// rows are the lines of a table of two columns.
func (w whoIs) rows(now time.Time) (rows [][]string) {
	line := func(id, value string) {
		if value != "" {
			rows = append(rows, []string{messages.Text(id), oneLine(value)})
		}
	}
	line("cli.whoami.connection", w.Connection)
	line("cli.whoami.user", w.User)
	line("cli.whoami.provider", failure.Host(w.Issuer))
	line("cli.whoami.server", failure.Host(w.Endpoint))
	line("cli.whoami.expires", messages.Text("cli.whoami.expiry", messages.Args{"Time": formatter().Moment(w.ExpiresAt, now), "TimeLeft": formatter().Span(w.ExpiresAt.Sub(now))}))
	line("cli.whoami.role", w.RoleARN)
	line("cli.whoami.policies", formatter().Names(w.Policies))
	line("cli.whoami.groups", formatter().Names(w.Groups))
	if w.Limited {
		line("cli.whoami.limited", messages.Text("cli.whoami.limited.yes"))
	}
	line("cli.whoami.account", w.Account)
	line("cli.whoami.arn", w.ARN)
	line("cli.whoami.user-id", w.UserID)
	return rows
}
