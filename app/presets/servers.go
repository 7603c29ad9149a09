package presets

// The keys of a connection file that some products want.
const (
	ClientSecret = "login.client_secret"
	STSEndpoint  = "sts_endpoint"
	Region       = "region"
	RoleARN      = "keys.role_arn"
)

// MinIO is the ID of the server whose role ARNs follow from client IDs.
const MinIO = "minio"

// servers are the storage servers, in the order of their names.
var servers = []Product{
	{
		ID: "aws", Name: "Amazon S3", Kind: Server, Hosts: []string{".amazonaws.com", ".amazonaws.com.cn"}, Roles: true,
		Documentation: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRoleWithWebIdentity.html",
		Ask:           []string{STSEndpoint, Region, RoleARN},
	},
	{
		ID: "ceph", Name: "Ceph RGW", Kind: Server, Roles: true,
		Documentation: "https://docs.ceph.com/en/latest/radosgw/STS/",
		Ask:           []string{RoleARN},
	},
	{
		ID: MinIO, Name: "MinIO and AIStor", Kind: Server,
		Documentation: "https://docs.min.io/",
	},
	{
		ID: "rustfs", Name: "RustFS", Kind: Server,
		Documentation: "https://docs.rustfs.com/",
	},
	{
		ID: "seaweedfs", Name: "SeaweedFS", Kind: Server,
		Documentation: "https://github.com/seaweedfs/seaweedfs/wiki/OIDC-Integration",
	},
	{
		ID: "versity", Name: "Versity S3 Gateway", Kind: Server, Roles: true,
		Documentation: "https://github.com/versity/versitygw/wiki",
		Ask:           []string{STSEndpoint, RoleARN},
	},
}
