package connection

import "net/url"

// Summary is what a user must see of a connection somebody else wrote, before its first use: whom
// it would have them sign in at, and who would get what comes of that.
type Summary struct {
	// Name is what the author called it.
	Name string
	// ProviderHost is the host, with the port where there is one, at which the user would sign in.
	ProviderHost string
	// ServerHost is the host of the storage, with the port where there is one.
	ServerHost string
	// STSHost gets the identity token. It differs from ServerHost only where the file says so.
	STSHost string
	// CAFile is a file whose certificate authorities would be trusted besides the system's. Empty for none.
	CAFile string
}

// Summary returns the summary of d, which must be valid.
func (d Definition) Summary() Summary {
	s := Summary{Name: d.Name, ProviderHost: host(d.Provider.Issuer), ServerHost: host(d.Endpoint), CAFile: d.CAFile}
	s.STSHost = s.ServerHost
	if d.STSEndpoint != "" {
		s.STSHost = host(d.STSEndpoint)
	}
	return s
}

func host(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return u.Host
}
