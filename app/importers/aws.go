package importers

import (
	"cmp"
	"strings"

	"gopkg.in/ini.v1"
)

// aws is the AWS command line and the SDKs, which share its file of settings.
func aws() format {
	return format{program: "AWS CLI", read: readAWS, places: func(c Computer) []string { return []string{c.aws()} }}
}

// profilePrefix begins the names of the sections for profiles, but for the default one, and servicesPrefix those of the
// sections with the endpoints of services.
const (
	profilePrefix  = "profile "
	servicesPrefix = "services "
	defaultProfile = "default"
)

func readAWS(data []byte) ([]entry, bool) {
	file := parseINI(data)
	var entries []entry
	ours := false
	for _, s := range file.sections() {
		name, profile := strings.CutPrefix(s.Name(), profilePrefix)
		if !profile && s.Name() != defaultProfile {
			continue
		}
		ours = true
		if e, wanted := file.awsEntry(s, strings.TrimSpace(name)); wanted {
			entries = append(entries, e)
		}
	}
	return entries, ours
}

// awsEntry returns a profile, and false for one that says neither where the storage is nor how to sign in to it.
func (f iniFile) awsEntry(s *ini.Section, name string) (entry, bool) {
	services := f.named(servicesPrefix + value(s, "services"))
	if services == nil {
		services = s
	}
	e := entry{
		name: name, region: value(s, "region"), role: value(s, "role_arn"), caFile: value(s, "ca_bundle"),
		endpoint:       cmp.Or(nested(services, "s3", "endpoint_url"), nested(s, "s3", "endpoint_url"), value(s, "endpoint_url")),
		stsEndpoint:    cmp.Or(nested(services, "sts", "endpoint_url"), nested(s, "sts", "endpoint_url")),
		keys:           value(s, "aws_access_key_id") != "",
		command:        value(s, "credential_process") != "",
		identityCenter: value(s, "sso_session") != "" || value(s, "sso_start_url") != "",
	}
	signsIn := value(s, "web_identity_token_file") != "" || e.identityCenter
	if e.endpoint == "" && signsIn {
		e.endpoint = amazon("s3", e.region)
	}
	return e, e.endpoint != ""
}

// amazon returns the address of a service of Amazon's in a region.
func amazon(service, region string) string {
	return "https://" + service + "." + cmp.Or(plain(region), "us-east-1") + ".amazonaws.com"
}
