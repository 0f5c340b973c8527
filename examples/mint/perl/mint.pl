# Mints a token: API_KEY=... SECRET=... perl mint.pl alice
use v5.24;
use warnings;
use Crypt::JWT qw(encode_jwt);
use Crypt::PRNG qw(random_bytes_hex);
use Encode qw(decode);

die "usage: API_KEY=... SECRET=... [CONVERSATION=...] perl mint.pl <user id>\n"
    unless @ARGV == 1 && length $ENV{API_KEY} && length $ENV{SECRET};

# What comes from outside is bytes: the claims are text, and the secret stays the bytes that it is.
sub text { decode('UTF-8', my $bytes = shift, Encode::FB_CROAK) }

my %grants = (apiRTC_UserAgent_Id => text($ARGV[0]));
$grants{conversations} = [{ name => text($ENV{CONVERSATION}), role => 'contributor',
                            publish => ['audio', 'video', 'data'], subscribe => \1 }]
    if defined $ENV{CONVERSATION};
my %claims = (sub => text($ENV{API_KEY}), aud => 'apiRTC', jti => random_bytes_hex(16), grants => \%grants);
say encode_jwt(payload => \%claims, key => $ENV{SECRET}, alg => 'HS256', extra_headers => { typ => 'JWT' },
    auto_iat => 1, relative_exp => 600);
