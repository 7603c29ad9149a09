package cli

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/presets"
	"daypass/auth/secret"
)

// definitionFlags are the flags of a connection, but for the address of its server.
type definitionFlags struct {
	def          connection.Definition
	clientSecret string
}

func (d *definitionFlags) add(f *pflag.FlagSet) {
	def := &d.def
	f.StringVar(&def.Name, "name", "", "")
	f.StringVar(&def.STSEndpoint, "sts-endpoint", "", "")
	f.StringVar(&def.Region, "region", "", "")
	f.StringVar(&def.CAFile, "ca-file", "", "")
	f.StringVar(&def.Provider.Issuer, "issuer", "", "")
	f.StringVar(&def.Provider.ClientID, "client-id", "", "")
	f.StringVar(&d.clientSecret, "client-secret", "", "")
	f.StringSliceVar(&def.Provider.Scopes, "scopes", nil, "")
	f.BoolVar(&def.Provider.StaySignedIn, "stay-signed-in", true, "")
	f.DurationVar(&def.Keys.Duration, "duration", 0, "")
	f.StringVar(&def.Keys.RoleARN, "role-arn", "", "")
}

// definition returns what the flags say, addresses and lists as they are meant.
func (d *definitionFlags) definition() connection.Definition {
	def := d.def
	def.Provider.ClientSecret = secret.New(d.clientSecret)
	def.Endpoint, def.STSEndpoint, def.Provider.Issuer = connection.Address(def.Endpoint), connection.Address(def.STSEndpoint), connection.Address(def.Provider.Issuer)
	def.Provider.Scopes = connection.Scopes(strings.Join(def.Provider.Scopes, " "))
	return def
}

func (c connectionCommands) add() *cobra.Command {
	var flags definitionFlags
	var yes bool
	cmd := &cobra.Command{
		Use: "add", Args: arguments(0, 0),
		Example: "daypass connection add --name 'Research lake' --endpoint https://minio.example:9000 \\\n" +
			"    --issuer https://login.example --client-id desktop-app",
	}
	cmd.RunE = c.withCore(func(ctx context.Context, core app.Core, _ []string) error {
		def, err := c.complete(flags.definition())
		if err != nil {
			return err
		}
		warned, err := c.warnOfExposure(ctx, core, def)
		if err == nil && warned && !yes {
			err = c.confirm(cmd.InOrStdin(), messages.Text("cli.import.confirm"))
		}
		if err != nil {
			return err
		}
		return c.save(ctx, core, def)
	})
	f := cmd.Flags()
	f.BoolVar(&yes, "yes", false, "")
	f.StringVar(&flags.def.Endpoint, "endpoint", "", "")
	flags.add(f)
	return cmd
}

// complete fills in what the products of a connection want, and says what to know of the identity provider. It fails where
// more is wanted than the flags say.
func (c connectionCommands) complete(def connection.Definition) (connection.Definition, error) {
	def = def.Completed()
	if p, found := presets.At(def.Provider.Issuer); found && !p.Unusable {
		c.say(wrapped(messages.Text(p.NoteID())))
	}
	if product, keys := def.Missing(); product != "" {
		return def, usageError{errors.New(messages.Text("cli.error.connection-needs", messages.Args{"Product": product, "Fields": flagsOf(keys)}))}
	}
	if problems := def.Incomplete(); len(problems) > 0 {
		return def, usageError{problems[0]}
	}
	return def, nil
}
