"""Values of the built-in types as Koreans say them, for refilling sample utterances."""

from __future__ import annotations

from typing import Final

from daehwa.nlu.languages.lexicon import phrases

EXAMPLES: Final = {
    "AlphaNumeric": phrases("abc123|x1234|b52|12345|qr7788|a1b2c3|hd4000"),
    "City": phrases("서울|부산|제주도|뉴욕|대구|런던|인천|파리|강릉|도쿄|대전|하노이"),
    "Confirmation": phrases("네|아니요|좋아요|글쎄요"),
    "Country": phrases("한국|일본|미국|프랑스|독일|베트남|호주|영국|캐나다|이집트"),
    "Currency": phrases("만 원|5천원|30,000원|오만 원|20달러|삼만 오천 원|100만원"),
    "Date": phrases(
        """
내일|오늘|모레|다음 주 금요일|3월 15일|월요일|이번 주말|12월 25일|다음 주|보름 뒤
"""
    ),
    "Duration": phrases("두 시간|30분|사흘|일주일|한 시간 반|10분|이틀|2박 3일|6개월"),
    "EmailAddress": phrases("hong@example.com|minsu.kim@mail.co.kr|info@shop.kr"),
    "FirstName": phrases("민수|지영|홍길동|김민수|서연|이지은|철수|박서준|영희|최유진"),
    "LastName": phrases("김|이|박|최|정|강|조|윤"),
    "Number": phrases("두|3|다섯|10|스물두|네|백|12|열"),
    "Percentage": phrases("50%|20퍼센트|오십 퍼센트|15프로"),
    "PhoneNumber": phrases("010-1234-5678|01012345678|02-123-4567|공일공 일이삼사 오육칠팔"),
    "State": phrases("경기도|강원도|전라남도|경상북도|캘리포니아|텍사스"),
    "StreetName": phrases("세종대로|테헤란로|강남대로|올림픽로|종로"),
    "Time": phrases("오후 세 시|저녁 7시|정오|오전 10시 반|열두 시 십오 분|7시 30분|아침|밤 9시"),
}
