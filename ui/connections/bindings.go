package connections

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"daypass/app/connection"
	"daypass/auth/secret"
)

// binding is how a field stands in a definition: get writes its value as a text, and set reads it from one. An error of
// set is a *connection.FieldError.
type binding struct {
	get func(d connection.Definition) string
	set func(d *connection.Definition, text string) error
}

// The bindings of all fields.
var (
	name        = plainText(func(d *connection.Definition) *string { return &d.Name })
	endpoint    = address(func(d *connection.Definition) *string { return &d.Endpoint })
	stsEndpoint = address(func(d *connection.Definition) *string { return &d.STSEndpoint })
	region      = plainText(func(d *connection.Definition) *string { return &d.Region })
	caFile      = plainText(func(d *connection.Definition) *string { return &d.CAFile })
	source      = address(func(d *connection.Definition) *string { return &d.Source })

	issuer       = address(func(d *connection.Definition) *string { return &d.Provider.Issuer })
	clientID     = plainText(func(d *connection.Definition) *string { return &d.Provider.ClientID })
	scopes       = words(func(d *connection.Definition) *[]string { return &d.Provider.Scopes })
	staySignedIn = onOff(func(d *connection.Definition) *bool { return &d.Provider.StaySignedIn })
	loginHint    = plainText(func(d *connection.Definition) *string { return &d.Provider.LoginHint })
	prompt       = plainText(func(d *connection.Definition) *string { return &d.Provider.Prompt })
	acrValues    = words(func(d *connection.Definition) *[]string { return &d.Provider.ACRValues })
	redirectHost = plainText(func(d *connection.Definition) *string { return &d.Provider.RedirectHost })
	redirectPath = plainText(func(d *connection.Definition) *string { return &d.Provider.RedirectPath })

	role            = plainText(func(d *connection.Definition) *string { return &d.Keys.RoleARN })
	policy          = plainText(func(d *connection.Definition) *string { return &d.Keys.Policy })
	sendAccessToken = onOff(func(d *connection.Definition) *bool { return &d.Keys.SendAccessToken })

	clientSecret  = binding{getClientSecret, setClientSecret}
	maxAge        = binding{getMaxAge, setMaxAge}
	parameters    = binding{getParameters, setParameters}
	redirectPorts = binding{getPorts, setPorts}
	duration      = binding{getDuration, setDuration}
)

// plainText is a text as it is.
func plainText(at func(*connection.Definition) *string) binding {
	return binding{
		get: func(d connection.Definition) string { return *at(&d) },
		set: func(d *connection.Definition, text string) error { *at(d) = strings.TrimSpace(text); return nil },
	}
}

// address is the URL of a server or provider.
func address(at func(*connection.Definition) *string) binding {
	return binding{
		get: func(d connection.Definition) string { return *at(&d) },
		set: func(d *connection.Definition, text string) error { *at(d) = connection.Address(text); return nil },
	}
}

// words is a list that blanks or commas divide.
func words(at func(*connection.Definition) *[]string) binding {
	return binding{
		get: func(d connection.Definition) string { return strings.Join(*at(&d), " ") },
		set: func(d *connection.Definition, text string) error { *at(d) = connection.Scopes(text); return nil },
	}
}

func onOff(at func(*connection.Definition) *bool) binding {
	return binding{
		get: func(d connection.Definition) string {
			if *at(&d) {
				return On
			}
			return ""
		},
		set: func(d *connection.Definition, text string) error { *at(d) = text == On; return nil },
	}
}

// getClientSecret returns the secret itself: the field that has it does not show it.
func getClientSecret(d connection.Definition) string { return d.Provider.ClientSecret.Reveal() }

func setClientSecret(d *connection.Definition, text string) error {
	d.Provider.ClientSecret = secret.New(strings.TrimSpace(text))
	return nil
}

func getMaxAge(d connection.Definition) string {
	if d.Provider.MaxAge == 0 {
		return ""
	}
	return connection.FormatDuration(d.Provider.MaxAge)
}

func setMaxAge(d *connection.Definition, text string) (err error) {
	d.Provider.MaxAge, err = connection.Age(text)
	return err
}

func getParameters(d connection.Definition) string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(d.Provider.ExtraParameters)) {
		lines = append(lines, parameterLine(name, d.Provider.ExtraParameters[name]))
	}
	return strings.Join(lines, "\n")
}

// parameterLine writes a parameter so that it is read as the same one.
func parameterLine(name, value string) string {
	line := name + "=" + value
	if read, err := connection.Parameters(line); err != nil || !maps.Equal(read, map[string]string{name: value}) {
		line = name + `="` + value + `"`
	}
	return line
}

func setParameters(d *connection.Definition, text string) (err error) {
	d.Provider.ExtraParameters, err = connection.Parameters(text)
	return err
}

func getPorts(d connection.Definition) string {
	words := make([]string, len(d.Provider.RedirectPorts))
	for i, port := range d.Provider.RedirectPorts {
		words[i] = strconv.Itoa(port)
	}
	return strings.Join(words, " ")
}

func setPorts(d *connection.Definition, text string) (err error) {
	d.Provider.RedirectPorts, err = connection.Ports(text)
	return err
}

func getDuration(d connection.Definition) string {
	if d.Keys.Duration == 0 {
		return ""
	}
	return d.Keys.Duration.String()
}

// setDuration takes one of the choices.
func setDuration(d *connection.Definition, text string) error {
	d.Keys.Duration, _ = time.ParseDuration(text)
	return nil
}
