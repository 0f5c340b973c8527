# Says whom a token on standard input is for: API_KEY=... SECRET=... perl verify.pl <token.txt
use v5.24;
use warnings;
use Crypt::JWT qw(decode_jwt);
use Encode qw(decode);

die "usage: API_KEY=... SECRET=... perl verify.pl <token.txt\n" unless length $ENV{API_KEY} && length $ENV{SECRET};
binmode STDOUT, ':encoding(UTF-8)';

my $api_key = decode('UTF-8', $ENV{API_KEY});
my $token = do { local $/; <STDIN> } =~ s/\s+\z//r;
# An audience is a string, or a list of them.
my $is_for_us = sub { my $aud = shift // ''; grep { $_ eq 'apiRTC' } ref $aud ? @$aud : $aud };
my $claims = eval {
    decode_jwt(token => $token, key => $ENV{SECRET}, accepted_alg => 'HS256', verify_exp => 1,
        verify_aud => $is_for_us, verify_sub => $api_key);
} or die "refused: $@";
say $claims->{grants}{apiRTC_UserAgent_Id};
